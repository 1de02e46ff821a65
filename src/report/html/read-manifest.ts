import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { FileError } from '../../util/errors.ts';
import { experimentRecord } from '../journal/experiment-record.ts';

const scenario = z.looseObject({
  seed: z.union([z.number(), z.string()]),
  paths: z.number(),
  simulator: z.record(z.string(), z.unknown()),
  model: z.record(z.string(), z.unknown()),
  strategies: z.array(z.looseObject({ type: z.string(), name: z.string() })),
});

/** What the page takes from manifest.json. */
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  hash: z.string(),
  experiment: z
    .object({
      source: experimentRecord.shape.source,
      files: experimentRecord.shape.files,
      exportPaths: z.string().optional(),
    })
    .optional(),
  command: z.array(z.string()).optional(),
  scenarios: z.array(scenario).min(1),
  failures: z.array(z.object({ scenario: z.number(), strategy: z.string(), message: z.string() })),
  warnings: z.array(z.looseObject({ kind: z.string(), text: z.string() })),
  files: z.record(z.string(), z.string()),
  machine: z.object({ node: z.string(), platform: z.string(), arch: z.string() }),
  workers: z.union([z.number(), z.literal('queue')]),
  timings: z.object({ started: z.string(), simulate: z.number() }),
});

export type Manifest = z.infer<typeof manifest>;

/** Reads a run's manifest. @throws FileError where it is unreadable or of another layout */
export async function readManifest(file: string): Promise<Manifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new FileError(`${file}: cannot be read as the manifest of a run: ${reason}`, { cause: error });
  }
}
