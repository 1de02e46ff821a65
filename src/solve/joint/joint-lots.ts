import type { ModelParameters } from '../../config/experiment.ts';
import { createLotModel, type LotModel } from '../lot-model.ts';
import { SolveError } from '../solve-error.ts';
import type { JointProblem } from './joint-layout.ts';

/** Two assets in lots, and what joins them. */
export interface JointLots {
  readonly first: LotModel;
  readonly second: LotModel;
  /** γ ρ σ1 σ2: the cost of q1 q2 per unit of time. */
  readonly coupling: number;
}

/** @throws SolveError where the models or the correlation are out of range or do not fit together. */
export function createJointLots({ models, correlation }: JointProblem): JointLots {
  if (!(correlation >= -1 && correlation <= 1)) {
    throw new SolveError(`correlation = ${correlation}: the joint quote grid needs it between -1 and 1`);
  }
  const first = lotModelOf(models[0], 1);
  const second = lotModelOf(models[1], 2);
  const [a, b] = models;
  for (const key of ['gamma', 'T'] as const) {
    if (a[key] !== b[key]) {
      throw new SolveError(
        `model.${key} is ${a[key]} for asset 1 and ${b[key]} for asset 2: a joint grid needs one value`,
      );
    }
  }
  return { first, second, coupling: a.gamma * correlation * a.sigma * b.sigma };
}

function lotModelOf(model: ModelParameters, asset: number): LotModel {
  try {
    return createLotModel(model);
  } catch (error) {
    if (error instanceof SolveError) throw new SolveError(`asset ${asset}: ${error.message}`, { cause: error });
    throw error;
  }
}
