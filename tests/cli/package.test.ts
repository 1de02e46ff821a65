import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/cli.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();

it('runs from its packed tarball, installed into an empty folder', () => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root, stdio: 'pipe' });
  const [tarball] = readdirSync(folder);
  expect(tarball).toMatch(/^mm-batch-.*\.tgz$/);
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', path.join(folder, tarball ?? '')];
  execFileSync('npm', ['init', '-y'], { cwd: folder, stdio: 'pipe' });
  execFileSync('npm', install, { cwd: folder, stdio: 'pipe' });
  cpSync(path.join(root, 'configs/quickstart.yaml'), path.join(folder, 'my.yaml'));
  const stdout = execFileSync('npx', ['mm-batch', 'run', 'my.yaml', '--paths', '200', '--output-dir', 'out'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(stdout).toContain('report in out');
  expect(existsSync(path.join(folder, 'out/summary.csv'))).toBe(true);
  const program = "import { version } from 'mm-batch'; console.log(version)";
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(answer.trim()).toMatch(/^\d+\.\d+\.\d+$/);
}, 300_000);
