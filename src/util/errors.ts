/** Exit codes of the command line; one meaning each. */
export const ExitCode = {
  ok: 0,
  internal: 1,
  usage: 2,
  cellsFailed: 3,
  thresholdFailed: 4,
  interrupted: 130,
  terminated: 143,
} as const;

/** An error that a user caused or can cure: printed as one message, without a stack trace. */
export abstract class UserError extends Error {
  abstract readonly exitCode: number;
}

/** The command line or the experiment file is wrong. The message lists every problem, one a line. */
export class ConfigError extends UserError {
  override readonly name = 'ConfigError';
  readonly exitCode = ExitCode.usage;
}

/** A file or folder cannot be read or written. */
export class FileError extends UserError {
  override readonly name = 'FileError';
  readonly exitCode = ExitCode.usage;
}

/** A server cannot be used. */
export class ConnectionError extends UserError {
  override readonly name = 'ConnectionError';
  readonly exitCode = ExitCode.usage;
}

/** The user asked to stop (Ctrl-C, SIGTERM). */
export class InterruptedError extends UserError {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;
  constructor(message: string, signal: 'SIGINT' | 'SIGTERM') {
    super(message);
    this.exitCode = signal === 'SIGINT' ? ExitCode.interrupted : ExitCode.terminated;
  }
}

/** A threshold of the experiment is not met; the report is written all the same. */
export class ThresholdsFailedError extends UserError {
  override readonly name = 'ThresholdsFailedError';
  readonly exitCode = ExitCode.thresholdFailed;
}

/** One or more cells failed; the others are in the report. */
export class CellsFailedError extends UserError {
  override readonly name = 'CellsFailedError';
  readonly exitCode = ExitCode.cellsFailed;
}
