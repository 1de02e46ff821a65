import type { SimulatorParameters } from '../../config/experiment.ts';
import { monitoringIntervals } from '../event/monitoring.ts';
import { EventPath } from './event-path.ts';
import type { Recorder } from './recorder.ts';
import type { Walker } from './walker.ts';
import type { Watcher } from './watcher.ts';

/**
 * The event scheme along one path: from one market order to the next the mid moves by its law, and at each order the
 * maker's quotes are read at (t, q, S), as they were `latency` ago where there is one. No time is discretised, unless by the
 * midprice itself.
 */
export function walkEvents(walker: Walker, recorder?: Recorder): void {
  walkEventPaths([new EventPath(walker, recorder)], walker.cell.market);
}

/** The same for several assets at once: at each order of any of them, and at each look and monitoring, all mids move. */
export function walkEventPaths(
  paths: readonly EventPath[],
  { T, drawdown_dt }: SimulatorParameters,
  watcher?: Watcher,
): void {
  const intervals = monitoringIntervals(T, drawdown_dt);
  let t = 0;
  let monitored = 0;
  let monitorAt = intervals === 1 ? T : T / intervals;
  for (const path of paths) path.start();
  for (;;) {
    let next = monitorAt;
    let looking: EventPath | undefined;
    let trading: EventPath | undefined;
    // At equal times PnL is monitored first, and a look comes before an order.
    for (const path of paths) {
      if (path.nextLook < next) {
        next = path.nextLook;
        looking = path;
        trading = undefined;
      }
      if (path.nextOrder < next) {
        next = path.nextOrder;
        trading = path;
        looking = undefined;
      }
    }
    if (next > t) {
      for (const path of paths) path.pass(next - t);
      t = next;
    }
    if (looking !== undefined) looking.look(t);
    else if (trading !== undefined) trading.trade(t);
    else {
      for (const path of paths) path.monitor(t);
      watcher?.monitor();
      if (++monitored === intervals) return;
      monitorAt = monitored === intervals - 1 ? T : ((monitored + 1) * T) / intervals;
    }
  }
}
