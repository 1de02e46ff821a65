/**
 * The bytes of two small reports, kept from release to release: a change of any number shows here. After a deliberate one,
 * `make golden` writes them anew; say why in CHANGELOG.md.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();

it.each(['stepped', 'event'])('keeps the numbers of %s.yaml', async (name) => {
  const config = path.join(import.meta.dirname, `${name}.yaml`);
  const args = ['run', config, '--output-dir', name, '--export-paths', 'csv', '--quiet'];
  expect(await runCli(args, folder)).toMatchObject({ code: 0, stderr: '' });
  for (const file of ['summary.csv', 'comparisons.csv', 'paths.csv']) {
    const text = readFileSync(path.join(folder, name, file), 'utf8');
    await expect(text).toMatchFileSnapshot(`${name}-${file}`);
  }
});
