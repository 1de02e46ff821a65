import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadExperimentFile } from '../../src/config/load.ts';
import { catalogue } from './config-catalogue.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mm-batch-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function messageOf(content: Uint8Array | string | undefined, size?: number): Promise<string> {
  const file = join(folder, 'x.yaml');
  await rm(file, { force: true });
  if (content !== undefined) await writeFile(file, content);
  if (size !== undefined) await truncate(file, size);
  const error: unknown = await loadExperimentFile(file, catalogue, { overrides: [] }).catch((e: unknown) => e);
  if (!(error instanceof Error)) return 'accepted';
  return `${error.name} ${error.message.replaceAll(folder, '…')}`;
}

it('reads a file, with or without a byte order mark', async () => {
  expect(await messageOf('strategies: [hjb]\n')).toBe('accepted');
  expect(await messageOf('\ufeffstrategies: [hjb]\r\nsimulator:\r\n  T: 1\r\n')).toBe('accepted');
  expect(await messageOf('strategies: [hjb]\r\npaths: 1\r\n')).toBe(
    'ConfigError …/x.yaml:2:8 paths: expected an integer >= 2, got 1',
  );
});

it('says what is wrong with a file that cannot be an experiment', async () => {
  expect(await messageOf(undefined)).toBe(
    'FileError …/x.yaml: no such file (check the path and the folder that you are in)',
  );
  expect(await messageOf('')).toBe(
    'ConfigError …/x.yaml:1:1 document: expected a mapping of keys, got nothing (the file is empty)',
  );
  expect(await messageOf(Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0xfe))).toBe(
    'FileError …/x.yaml: not a UTF-8 text (is it a binary file, or saved in another encoding?)',
  );
  expect(await messageOf(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toBe(
    'ConfigError …/x.yaml:1:1 document: expected a YAML or JSON text, got a NUL character (is this a binary file?)',
  );
  expect(await messageOf('', 2 ** 36)).toBe('FileError …/x.yaml: larger than 256 KiB (is it an experiment file?)');
});

it('says so where the path is a folder or not a path', async () => {
  await mkdir(join(folder, 'sub'));
  const load = (file: string) => loadExperimentFile(file, catalogue, { overrides: [] });
  await expect(load(join(folder, 'sub'))).rejects.toThrow('is a folder (name the experiment file in it)');
  await expect(load('')).rejects.toMatchObject({ name: 'FileError', exitCode: 2 });
  await expect(load('a\0b')).rejects.toMatchObject({ name: 'FileError', exitCode: 2 });
});
