/** A worker that ends while it holds a block which takes long. */
import { beforeAll, expect, it } from 'vitest';
import { checkExperiment } from '../../src/index.ts';
import { planRun } from '../../src/plan/plan.ts';
import type { BlockExecutor } from '../../src/simulate/executors/executor.ts';
import { requestId } from '../../src/simulate/executors/queue/answers.ts';
import { connectRedis } from '../../src/simulate/executors/queue/connection.ts';
import { queueOf } from '../../src/simulate/executors/queue/remove-run.ts';
import { GridCache } from '../../src/simulate/grid-cache.ts';
import { prepareCell } from '../../src/simulate/prepare-cell.ts';
import { Slots } from '../../src/simulate/slots.ts';
import { version } from '../../src/util/version.ts';
import { FoldThread } from '../../src/worker/fold-thread.ts';
import { ServedRun } from '../../src/worker/served-run.ts';
import { temporaryFolder } from '../support/cli.ts';
import { describeWithRedis, TestRedis } from '../support/redis.ts';

const folder = temporaryFolder();
/** Milliseconds: what waits for a slow machine must not fail there. */
const PATIENCE = 300_000;

describeWithRedis('a worker that leaves', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await TestRedis.start(folder);
  }, PATIENCE);

  it(
    'leaves the blocks that it drops to others: they have not failed',
    async () => {
      const link = await connectRedis(redis.url, () => {});
      let take = (): void => {};
      const taken = new Promise<void>((resolve) => {
        take = resolve;
      });
      const endless: BlockExecutor = {
        capacity: 1,
        prepare: async (cell, pool) => prepareCell(cell, new GridCache(), pool),
        run: (_, { signal } = {}) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason));
            take();
          }),
        close: async () => {},
      };
      const plan = planRun(checkExperiment({ paths: 10, strategies: ['constant'] }));
      const run = { id: 'left', version, name: 'left', host: 'here', pid: 1 };
      let busy = 0;
      const served = new ServedRun(run, { plan, offer: { name: 'left', record: '' } }, endless, {
        redis: link.redis,
        slots: new Slots(() => 1),
        folder: new FoldThread(),
        concurrency: 1,
        onBegin: () => busy++,
        onEnd: () => busy--,
      });
      const queue = await queueOf(link.redis, run.id);
      const request = { kind: 'block', cell: 0, firstPath: 0, paths: 10 } as const;
      const id = requestId(request);
      await queue.add(request.kind, request, { jobId: id });
      await served.start();
      await taken;
      expect(busy).toBe(1);
      const finished = served.finish();
      await served.drop();
      await finished;
      expect(busy).toBe(0);
      const [end, reason] = await link.redis.hmget(queue.toKey(id), 'finishedOn', 'failedReason');
      expect([end, reason]).toEqual([null, null]);
      // Stalled, it is another worker's.
      expect(await link.redis.lrange(queue.toKey('active'), 0, -1)).toEqual([id]);
      await queue.close();
      link.close();
    },
    PATIENCE,
  );
});
