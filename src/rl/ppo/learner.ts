import { defaultDevice, init, type Array as JaxArray, jit, numpy as np, valueAndGrad } from '@jax-js/jax';
import { Adam } from './adam.ts';
import { type LossWeights, ppoLoss } from './loss.ts';
import { LOSS_FIGURES } from './loss-figures.ts';
import { type ParameterLayout, tensorView } from './parameters.ts';

/** Samples of one gradient step; row by row. */
export interface Batch {
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
}

/** Gradient steps on the loss of PPO: gradients by automatic differentiation, clipped by their norm, taken by Adam. */
export class Learner {
  /** The parameters, changed in place by `apply`. */
  readonly parameters: Float32Array;
  readonly adam: Adam;
  /** Loss figures of the latest step, in the order of LOSS_FIGURES. */
  readonly figures = new Float64Array(LOSS_FIGURES.length);
  readonly #layout: ParameterLayout;
  readonly #maxGradNorm: number;
  readonly #gradient: Float32Array;
  readonly #differentiate: (
    parameters: JaxArray[],
    observations: JaxArray,
    actions: JaxArray,
    logProbabilities: JaxArray,
    advantages: JaxArray,
    returns: JaxArray,
  ) => [[JaxArray, JaxArray], JaxArray[]];

  private constructor(
    layout: ParameterLayout,
    parameters: Float32Array,
    weights: LossWeights & { readonly max_grad_norm: number },
  ) {
    this.#layout = layout;
    this.parameters = parameters;
    this.adam = new Adam(layout.size);
    this.#gradient = new Float32Array(layout.size);
    this.#maxGradNorm = weights.max_grad_norm;
    this.#differentiate = jit(valueAndGrad(ppoLoss(layout, weights), { hasAux: true }));
  }

  /** Loads the autodiff library, whose WebAssembly kernels give the same gradients on every machine. */
  static async create(
    layout: ParameterLayout,
    parameters: Float32Array,
    weights: LossWeights & { readonly max_grad_norm: number },
  ): Promise<Learner> {
    await init('wasm');
    defaultDevice('wasm');
    return new Learner(layout, parameters, weights);
  }

  /** One step of Adam along a gradient, clipped by its norm. */
  apply(gradient: Float32Array, learningRate: number): void {
    let squares = 0;
    for (let i = 0; i < gradient.length; i++) squares += gradient[i]! * gradient[i]!;
    const factor = Math.min(1, this.#maxGradNorm / (Math.sqrt(squares) + 1e-6));
    this.adam.step(this.parameters, gradient, factor, learningRate);
  }

  /** The gradient of the loss, unclipped, and `figures`; overwritten by the next call. */
  gradient({ observations, actions, logProbabilities, advantages, returns }: Batch): Float32Array {
    const { tensors, inputs, actions: width } = this.#layout;
    const count = returns.length;
    const parameters = tensors.map((tensor) => {
      const vector = np.array(tensorView(tensor, this.parameters));
      return tensor.rows === 0 ? vector : vector.reshape([tensor.rows, tensor.columns]);
    });
    const [[loss, figures], gradients] = this.#differentiate(
      parameters,
      np.array(observations).reshape([count, inputs]),
      np.array(actions).reshape([count, width]),
      np.array(logProbabilities),
      np.array(advantages),
      np.array(returns),
    );
    loss.dispose();
    this.figures.set(figures.dataSync());
    gradients.forEach((gradient, i) => {
      tensorView(tensors[i]!, this.#gradient).set(gradient.dataSync());
    });
    return this.#gradient;
  }
}
