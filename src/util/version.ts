import { createRequire } from 'node:module';
import { z } from 'zod';

/** Two folders up in the sources, three in the build. */
const candidates = ['../../package.json', '../../../package.json'];

function readVersion(): string {
  const require = createRequire(import.meta.url);
  for (const candidate of candidates) {
    try {
      const { name, version } = z.object({ name: z.string(), version: z.string() }).parse(require(candidate));
      if (name === 'mm-batch') return version;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error('mm-batch: package.json is missing beside the installed files');
}

/** The version of the package. */
export const version = readVersion();
