/** A path that could not be simulated; its message names the path and the seed key that replays it. */
export class PathError extends Error {
  override readonly name = 'PathError';
  constructor(seedKey: string, cause: unknown) {
    super(`path ${seedKey}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
