/** What goes over the queue: requests to workers as jobs, and their answers in a stream. Neither holds code or tables. */
import { crc32 } from 'node:zlib';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { CellDiagnostics } from '../../prepare-cell.ts';
import { answersKey } from './keys.ts';

/** Coordinator → worker. `cell` is the index in the plan. A preparation has an answer of its own, since it may fail. */
export const queuedRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prepare'), cell: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('block'),
    cell: z.int().min(0),
    firstPath: z.int().min(0),
    paths: z.int().min(1),
  }),
  /** Paths of all strategies of a scenario, by its index in the plan, to be folded where they are simulated. */
  z.strictObject({
    kind: z.literal('range'),
    scenario: z.int().min(0),
    firstPath: z.int().min(0),
    paths: z.int().min(1),
  }),
]);
export type QueuedRequest = Readonly<z.infer<typeof queuedRequest>>;

/** Equal requests of a run have equal ids, so that one which is put twice is one job. */
export function requestId(request: QueuedRequest): string {
  if (request.kind === 'prepare') return `cell-${request.cell}`;
  const whose = request.kind === 'block' ? `cell-${request.cell}` : `scenario-${request.scenario}`;
  return `${whose}-paths-${request.firstPath}-${request.paths}`;
}

const boundShares = z.object({ binding: z.number(), atMin: z.number(), atMax: z.number() });

const answerHead = z.discriminatedUnion('state', [
  /** The data are the slots of the block's paths, as `packSlots` gives them. */
  z.object({ state: z.literal('done'), id: z.string(), throughMid: z.number() }),
  /** The data are a `StoredRange`, encoded. */
  z.object({ state: z.literal('folded'), id: z.string() }),
  /** The data are the largest λ dt by inventory, if any, as doubles. */
  z.object({ state: z.literal('prepared'), id: z.string(), bounds: z.array(boundShares.nullable()) }),
  /** `isLost`: a worker was lost or had to be stopped; other blocks of the cell would fare no better. */
  z.object({ state: z.literal('failed'), id: z.string(), message: z.string(), isLost: z.boolean() }),
  /** A worker takes none of the run's blocks. */
  z.object({ state: z.literal('refused'), worker: z.string(), reason: z.string() }),
]);
export type AnswerHead = z.infer<typeof answerHead>;

/** Worker → coordinator. */
export interface Answer {
  readonly head: AnswerHead;
  readonly data: Buffer;
}

const NO_DATA = Buffer.alloc(0);

/** Puts an answer into its run's stream; does nothing where the run is gone. */
export async function sendAnswer(redis: Redis, run: string, head: AnswerHead, data: Buffer = NO_DATA): Promise<void> {
  const text = JSON.stringify({ ...head, sum: crc32(data) });
  await redis.xadd(answersKey(run), 'NOMKSTREAM', '*', 'head', text, 'data', data);
}

const summed = z.object({ sum: z.number() });

/** Reads the fields of a stream's entry; undefined where they are no answer, or a damaged one. */
export function readAnswer(fields: readonly Buffer[]): Answer | undefined {
  const [, head = NO_DATA, , data = NO_DATA] = fields;
  try {
    const json: unknown = JSON.parse(head.toString('utf8'));
    if (summed.safeParse(json).data?.sum !== crc32(data)) return undefined;
    const parsed = answerHead.safeParse(json).data;
    return parsed && { head: parsed, data };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a preparation showed, as an answer. */
export function preparedAnswer(id: string, { bounds, intensitySteps }: CellDiagnostics): Answer {
  const data = intensitySteps === undefined ? NO_DATA : Buffer.from(Float64Array.from(intensitySteps).buffer);
  return { head: { state: 'prepared', id, bounds: bounds.map((shares) => shares ?? null) }, data };
}

export function diagnosticsOf({ bounds }: Extract<AnswerHead, { state: 'prepared' }>, data: Buffer): CellDiagnostics {
  // Copied, since the data need not begin at a multiple of 8 bytes.
  const steps = data.byteLength > 0 ? new Float64Array(new Uint8Array(data).buffer) : undefined;
  return { bounds: bounds.map((shares) => shares ?? undefined), intensitySteps: steps };
}
