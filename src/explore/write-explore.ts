import { writeFileAtomic } from '../util/atomic-write.ts';
import { pageScript } from '../util/page-script.ts';
import { renderExplore } from './render-explore.ts';

/**
 * Writes the explore page; equal releases write equal bytes.
 * @throws FileError where the file cannot be written
 */
export async function writeExplore(file: string): Promise<void> {
  const [page, worker] = await Promise.all([pageScript('explore'), pageScript('explore-worker')]);
  await writeFileAtomic(file, renderExplore({ page, worker }));
}
