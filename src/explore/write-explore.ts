import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { renderExplore } from './render-explore.ts';

/**
 * Writes the explore page; equal releases write equal bytes.
 * @throws FileError where the file cannot be written
 */
export async function writeExplore(file: string): Promise<void> {
  const [page, worker] = await Promise.all([bundled('explore'), bundled('explore-worker')]);
  await writeFileAtomic(file, renderExplore({ page, worker }));
}

/** A script as the build bundled it, seen from the build or from the sources. */
async function bundled(name: string): Promise<string> {
  const [built, fromSource] = ['../../pages', '../../dist/pages'].map((folder) =>
    fileURLToPath(new URL(`${folder}/${name}.js`, import.meta.url)),
  );
  for (const file of [built, fromSource]) {
    const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(noneIfMissing);
    if (text !== undefined) return text;
  }
  throw new Error(`the page's script ${built} is missing: npm run build makes it`);
}

function noneIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
