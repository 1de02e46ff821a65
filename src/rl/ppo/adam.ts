/** Exponents and constant of Kingma & Ba (2015), ε as in Stable-Baselines3. */
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-5;

/** Adam (Kingma & Ba, "Adam: a method for stochastic optimization", 2015), in PyTorch's form of the bias correction. */
export class Adam {
  readonly firstMoments: Float64Array;
  readonly secondMoments: Float64Array;
  steps = 0;
  #power1 = 1;
  #power2 = 1;

  constructor(size: number) {
    this.firstMoments = new Float64Array(size);
    this.secondMoments = new Float64Array(size);
  }

  /** Moves the parameters against `factor` times the gradient. */
  step(parameters: Float32Array, gradient: Float32Array, factor: number, learningRate: number): void {
    const { firstMoments, secondMoments } = this;
    this.steps++;
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
    const size = learningRate / (1 - this.#power1);
    const scale = 1 / Math.sqrt(1 - this.#power2);
    for (let i = 0; i < parameters.length; i++) {
      const g = factor * gradient[i]!;
      const m = BETA1 * firstMoments[i]! + (1 - BETA1) * g;
      const v = BETA2 * secondMoments[i]! + (1 - BETA2) * g * g;
      firstMoments[i] = m;
      secondMoments[i] = v;
      parameters[i] = parameters[i]! - (size * m) / (Math.sqrt(v) * scale + EPSILON);
    }
  }

  /** Takes over the state of another. */
  restore(firstMoments: ArrayLike<number>, secondMoments: ArrayLike<number>, steps: number): void {
    this.firstMoments.set(firstMoments);
    this.secondMoments.set(secondMoments);
    this.steps = steps;
    this.#power1 = 1;
    this.#power2 = 1;
    for (let i = 0; i < steps; i++) {
      this.#power1 *= BETA1;
      this.#power2 *= BETA2;
    }
  }
}
