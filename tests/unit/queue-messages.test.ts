import type { Queue } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Answer,
  type AnswerHead,
  diagnosticsOf,
  preparedAnswer,
  readAnswer,
  requestId,
  sendAnswer,
} from '../../src/simulate/executors/queue/answers.ts';
import { Crew } from '../../src/simulate/executors/queue/crew.ts';
import { Requests } from '../../src/simulate/executors/queue/requests.ts';
import { Slots } from '../../src/simulate/slots.ts';
import { version } from '../../src/util/version.ts';

/** The fields of the entry that an answer becomes. */
async function fieldsOf(head: AnswerHead, data?: Buffer): Promise<Buffer[]> {
  const sent: unknown[] = [];
  const redis = { xadd: async (...args: unknown[]) => void sent.push(...args) };
  await sendAnswer(redis as unknown as Parameters<typeof sendAnswer>[0], 'run', head, data);
  return sent.slice(3).map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(String(part))));
}

describe('answers', () => {
  const head: AnswerHead = { state: 'done', id: 'cell-3-paths-100-50', throughMid: 2 };

  it('come out as they went in', async () => {
    const data = Buffer.from(Float64Array.of(1.5, -0, 0.1).buffer);
    expect(readAnswer(await fieldsOf(head, data))).toEqual({ head, data });
  });

  it('are found out where a bit of them is another one', async () => {
    const fields = await fieldsOf(head, Buffer.from([1, 2, 3]));
    for (const [i, byte] of [
      [1, 2],
      [3, 0],
    ] as const) {
      const damaged = fields.map((field) => Buffer.from(field));
      damaged[i]![byte]! ^= 4;
      expect(readAnswer(damaged)).toBeUndefined();
    }
    expect(readAnswer([Buffer.from('head'), Buffer.from('')])).toBeUndefined();
  });

  it('hold what a preparation showed, to the bit', async () => {
    const bounds = [{ binding: 1 / 3, atMin: 0, atMax: 1 / 3 }, undefined];
    for (const intensitySteps of [undefined, Float64Array.of(0.1, 1 / 3, 5e-324)]) {
      const { head: its, data } = preparedAnswer('cell-0', { bounds, intensitySteps });
      const read = readAnswer(await fieldsOf(its, data));
      if (read?.head.state !== 'prepared') throw new Error('expected a preparation');
      // At any place in memory.
      const elsewhere = Buffer.concat([Buffer.alloc(3), read.data]).subarray(3);
      expect(diagnosticsOf(read.head, elsewhere)).toEqual({ bounds, intensitySteps });
    }
  });
});

describe('requests', () => {
  const added: string[] = [];
  const removed: string[] = [];
  const queue = {
    add: async (_kind: string, _data: unknown, { jobId }: { jobId: string }) => void added.push(jobId),
    remove: async (id: string) => void removed.push(id),
    toKey: (id: string) => id,
  } as unknown as Queue;
  const block = (cell: number, firstPath: number) => ({ kind: 'block', cell, firstPath, paths: 50 }) as const;
  const done = (id: string): Answer => ({ head: { state: 'done', id, throughMid: 0 }, data: Buffer.alloc(0) });

  beforeEach(() => {
    vi.useFakeTimers();
    added.length = 0;
    removed.length = 0;
  });
  afterEach(() => void vi.useRealTimers());

  it('take the first answer and drop those that come again, or to nothing', async () => {
    const requests = new Requests(queue, () => {});
    const asked = requests.ask(block(1, 0));
    const answer = done(requestId(block(1, 0)));
    requests.settle(answer);
    requests.settle({ ...answer, data: Buffer.from([1]) });
    requests.settle(done('cell-9-paths-0-1'));
    expect(await asked).toEqual(answer);
    expect(requests.count).toBe(0);
  });

  it('are put again where they are missing twice, and fail where their job has', async () => {
    const requests = new Requests(queue, () => {});
    const failed = expect(requests.ask(block(1, 0))).rejects.toThrow('for a reason');
    void requests.ask(block(2, 0));
    const jobs: Record<string, (string | null)[]> = { [requestId(block(1, 0))]: ['1', '2', 'for a reason'] };
    const redis = { hmget: async (id: string) => jobs[id] ?? [null, null, null] };
    const look = () => requests.look(redis as unknown as Parameters<Requests['look']>[0]);
    for (const puts of [2, 2, 3, 3, 4]) {
      await look();
      expect(added).toHaveLength(puts);
      vi.advanceTimersByTime(5001);
    }
    await failed;
    expect(added[3]).toBe(requestId(block(2, 0)));
  });

  it('of a cell fail together where one has cost its workers, and no others', async () => {
    const requests = new Requests(queue, () => {});
    const failing = [0, 50].map((first) => expect(requests.ask(block(1, first))).rejects.toThrow('lost five times'));
    const other = requests.ask(block(2, 0));
    const id = requestId(block(1, 0));
    requests.settle({ head: { state: 'failed', id, message: 'lost five times', isLost: true }, data: Buffer.alloc(0) });
    await Promise.all(failing);
    expect(removed).toEqual([requestId(block(1, 50))]);
    requests.settle(done(requestId(block(2, 0))));
    expect((await other).head.state).toBe('done');
  });
});

describe('a crew', () => {
  const worker = { id: 'a', version, host: 'node', pid: 7, concurrency: 3 };

  it('says once that no worker is there, and once that none is left', () => {
    vi.useFakeTimers();
    const said: string[] = [];
    const crew = new Crew('redis://queue:6379', (line) => said.push(line));
    const see = (workers: (typeof worker)[], isWaited = true): number => {
      vi.advanceTimersByTime(6000);
      crew.see(workers, isWaited);
      return said.length;
    };
    // Nobody is needed.
    expect([0, 1, 2].map(() => see([], false))).toEqual([0, 0, 0]);
    const seen = [[], [], [], [worker], [worker], [], [], [], []].map((workers) => see(workers));
    vi.useRealTimers();
    expect(seen).toEqual([0, 1, 1, 1, 1, 1, 2, 2, 2]);
    expect(said).toEqual([
      'no worker has taken a block yet: start one with: mm-batch worker --redis redis://queue:6379',
      'no worker is left: start one with: mm-batch worker --redis redis://queue:6379',
    ]);
  });

  it('counts those that take blocks', () => {
    const crew = new Crew('redis://queue:6379', () => {});
    const second = { ...worker, id: 'b', concurrency: 5 };
    crew.see([worker, second, { ...worker, id: 'c', version: '0.0.9' }], true);
    expect(crew.concurrency).toBe(8);
    crew.refuse('a', 'a file is missing');
    expect(crew.concurrency).toBe(5);
    crew.see([worker, second], true);
    expect(crew.concurrency).toBe(5);
  });
});

it('slots grow and shrink under those who wait', async () => {
  let size = 1;
  const slots = new Slots(() => size);
  const order: number[] = [];
  const takers = [0, 1, 2, 3].map((i) => slots.take().then(() => void order.push(i)));
  await takers[0];
  size = 3;
  slots.give();
  await takers[3];
  expect(order).toEqual([0, 1, 2, 3]);
  size = 1;
  const late = slots.take().then(() => void order.push(4));
  slots.give();
  slots.give();
  await Promise.resolve();
  expect(order).toHaveLength(4);
  slots.give();
  await late;
  expect(order).toHaveLength(5);
});
