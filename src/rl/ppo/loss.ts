import { type Array as JaxArray, nn, numpy as np } from '@jax-js/jax';
import type { ParameterLayout } from './parameters.ts';

/** What the loss weighs; names and meaning are Stable-Baselines3's. */
export interface LossWeights {
  readonly clip_range: number;
  readonly ent_coef: number;
  readonly vf_coef: number;
}

const HALF_LOG_2PI = 0.9189385332046728;

/**
 * The loss of proximal policy optimisation (Schulman et al. 2017, eq. 9) for independent normal or categorical actions,
 * −E min(r A, clip(r, 1 ± ε) A) + c₁ E(V − R)² − c₂ S, r the ratio of the probabilities of the action now and when it was taken.
 * All arrays are consumed.
 * @param parameters in the order of the layout
 * @param observations batch × features, normalised
 * @param actions batch × actions, as drawn
 * @param logProbabilities of the actions when they were drawn, batch
 * @param advantages batch, normalised where that is wanted; `returns` batch
 * @returns the loss, and LOSS_FIGURES as a vector
 */
export function ppoLoss(
  { depth, actions: width }: Pick<ParameterLayout, 'depth' | 'actions'>,
  { clip_range, ent_coef, vf_coef }: LossWeights,
) {
  return (
    parameters: JaxArray[],
    observations: JaxArray,
    actions: JaxArray,
    logProbabilities: JaxArray,
    advantages: JaxArray,
    returns: JaxArray,
  ): [JaxArray, JaxArray] => {
    const outputs = forward(parameters.slice(0, 2 * depth), observations.ref);
    const [logProbability, entropy] =
      width === 1 ? categorical(outputs, actions) : normal(outputs, actions, parameters[4 * depth]!);
    const logRatio = logProbability.sub(logProbabilities);
    const ratio = np.exp(logRatio.ref);
    const clipped = np.clip(ratio.ref, 1 - clip_range, 1 + clip_range);
    const policyLoss = np.minimum(ratio.ref.mul(advantages.ref), clipped.mul(advantages)).mean().mul(-1);
    const error = forward(parameters.slice(2 * depth, 4 * depth), observations)
      .reshape([-1])
      .sub(returns);
    const valueLoss = error.ref.mul(error).mean();
    const entropyLoss = entropy.mul(-1);
    // Schulman's estimator of the divergence, E(r − 1 − ln r).
    const kl = ratio.ref.sub(1).sub(logRatio).mean();
    const outside = np.where(np.greater(np.abs(ratio.sub(1)), clip_range), 1, 0).mean();
    const loss = policyLoss.ref.add(valueLoss.ref.mul(vf_coef)).add(entropyLoss.ref.mul(ent_coef));
    return [loss, np.stack([policyLoss, valueLoss, entropyLoss, kl, outside])];
  };
}

/** Log probabilities of the actions, and the mean entropy of their laws. */
type ActionFigures = [logProbability: JaxArray, entropy: JaxArray];

/** @param logStd one a side */
function normal(mean: JaxArray, actions: JaxArray, logStd: JaxArray): ActionFigures {
  const sides = logStd.shape[0]!;
  const z = actions.sub(mean).mul(np.exp(logStd.ref.mul(-1)));
  const logProbability = z.ref
    .mul(z)
    .sum(1)
    .mul(-0.5)
    .sub(logStd.ref.sum())
    .sub(sides * HALF_LOG_2PI);
  return [logProbability, logStd.sum().add(sides * (0.5 + HALF_LOG_2PI))];
}

/** @param actions batch × 1, the number of what was chosen */
function categorical(outputs: JaxArray, actions: JaxArray): ActionFigures {
  const logs = nn.logSoftmax(outputs, 1);
  const numbers = np.arange(logs.shape[1]!).astype(actions.dtype);
  const chosen = np.where(np.equal(actions, numbers), logs.ref, 0).sum(1);
  return [chosen, np.exp(logs.ref).mul(logs).sum(1).mean().mul(-1)];
}

/** A network of tanh layers, weights and biases by turns; consumes them and its input. */
function forward(layers: readonly JaxArray[], input: JaxArray): JaxArray {
  let x = input;
  for (let i = 0; i < layers.length; i += 2) {
    x = np.matmul(x, layers[i]!).add(layers[i + 1]!);
    if (i + 2 < layers.length) x = np.tanh(x);
  }
  return x;
}
