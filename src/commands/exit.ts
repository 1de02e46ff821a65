import { ExitCode, UserError } from '../util/errors.ts';

/** Prints an error to stderr, with a stack trace only where it is the program's own fault, and ends with its exit code. */
export function exitWith(error: unknown): never {
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitCode);
  }
  // yargs hands on what a coercion threw as an error of its own; every such error is about the command line.
  if (error instanceof Error && error.name === 'YError') {
    process.stderr.write(`${error.message}\n`);
    process.exit(ExitCode.usage);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`mm-batch: internal error; please report it with the command and the config\n${text}\n`);
  process.exit(ExitCode.internal);
}
