import { ExitCode, UserError } from '../util/errors.ts';

/** The law of a strategy's PnL cannot be computed without sampling; `reason` says why, as the end of a sentence. */
export class NoExactLawError extends UserError {
  override readonly name = 'NoExactLawError';
  readonly exitCode = ExitCode.usage;
  readonly reason: string;

  constructor(strategy: string, reason: string) {
    super(`${strategy}: no exact law: ${reason}`);
    this.reason = reason;
  }
}
