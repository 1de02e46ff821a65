import { walkEvents } from './event-walk.ts';
import { PathError } from './path-error.ts';
import type { Recorder } from './recorder.ts';
import { walkSteps } from './stepped-walk.ts';
import type { Walker } from './walker.ts';

/** Walks along one path in the market's scheme. Throws PathError, which names the path's seed key. */
export function walkPath(walker: Walker, path: number, recorder?: Recorder): void {
  const { market, seed } = walker.cell;
  try {
    walker.start(path);
    (market.scheme === 'event' ? walkEvents : walkSteps)(walker, recorder);
  } catch (error) {
    throw new PathError(`${seed}/${path}`, error);
  }
}
