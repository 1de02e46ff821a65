import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from './package-root.ts';

/** The version of the package. */
export const version = readVersion();

function readVersion(): string {
  const file = path.join(packageRoot, 'package.json');
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'string') {
    return value.version;
  }
  throw new Error(`${file}: expected a version`);
}
