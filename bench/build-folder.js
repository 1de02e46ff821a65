// @ts-check
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Programs and files that the benchmarks make on the way; git-ignored. */
export const buildFolder = path.join(import.meta.dirname, 'build');
mkdirSync(buildFolder, { recursive: true });
