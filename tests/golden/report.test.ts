/**
 * The bytes of a small report, kept from release to release: a change of any number shows here. After a deliberate one,
 * `make golden` writes them anew; say why in CHANGELOG.md.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();

it('keeps the numbers of golden.yaml', async () => {
  const config = path.join(import.meta.dirname, 'golden.yaml');
  const args = ['run', config, '--output-dir', 'out', '--export-paths', 'csv', '--quiet'];
  expect(await runCli(args, folder)).toMatchObject({ code: 0, stderr: '' });
  for (const file of ['summary.csv', 'comparisons.csv', 'paths.csv']) {
    const text = readFileSync(path.join(folder, 'out', file), 'utf8');
    await expect(text).toMatchFileSnapshot(`expected-${file}`);
  }
});
