import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What of a package.json is looked at. */
interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
}

/**
 * The folder of the package, and its package.json. The depth below it is not the same for the sources and for the bundled files, so
 * that nothing else goes by where its own module lies.
 */
export const { packageRoot, manifest } = find(path.dirname(fileURLToPath(import.meta.url)));

function find(folder: string): { readonly packageRoot: string; readonly manifest: Manifest } {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) {
    const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
    // Another one where the library is part of a larger bundle.
    if (manifest.name === 'mm-batch') return { packageRoot: folder, manifest };
  }
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('mm-batch: package.json is missing beside the installed files');
  return find(parent);
}
