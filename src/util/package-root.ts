import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the package: the nearest one with a package.json. The depth below it is not the same for the sources and for
 * the bundled files, so that nothing else goes by where its own module lies.
 */
export const packageRoot = findRoot(path.dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('mm-batch: package.json is missing beside the installed files');
  return findRoot(parent);
}
