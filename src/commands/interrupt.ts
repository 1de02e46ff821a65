import { ExitCode, InterruptedError } from '../util/errors.ts';

/** Turns the first SIGINT or SIGTERM into an abort; a second one ends the process at once. */
export function onInterrupt(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const handle = (signal: 'SIGINT' | 'SIGTERM') => (): void => {
    const code = signal === 'SIGINT' ? ExitCode.interrupted : ExitCode.terminated;
    if (controller.signal.aborted) process.exit(code);
    controller.abort(new InterruptedError(`stopped by ${signal}; no report was written`, signal));
  };
  const onInt = handle('SIGINT');
  const onTerm = handle('SIGTERM');
  process.on('SIGINT', onInt);
  process.on('SIGTERM', onTerm);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', onInt);
      process.off('SIGTERM', onTerm);
    },
  };
}
