import { ExitCode, UserError } from '../util/errors.ts';

/** The quote grid cannot be computed, or a buffer does not hold one. The message names the parameters and a cure. */
export class SolveError extends UserError {
  override readonly name = 'SolveError';
  readonly exitCode = ExitCode.usage;
}
