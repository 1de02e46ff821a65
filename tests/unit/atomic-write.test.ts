import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeFileError, writeFileAtomic, writeFileAtomicStreaming } from '../../src/util/atomic-write.ts';
import { FileError } from '../../src/util/errors.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mm-batch-atomic-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function failure(file: string): Promise<FileError> {
  const error = await writeFileAtomic(file, 'new').then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FileError)) throw new Error(`expected a FileError, got ${error}`);
  return error;
}

describe('writing', () => {
  test('a new file, an existing one, bytes, and a name as long as the system allows', async () => {
    const file = path.join(folder, 'a.csv');
    await writeFileAtomic(file, 'σ = 1\n');
    expect(await readFile(file, 'utf8')).toBe('σ = 1\n');
    await writeFileAtomic(file, Uint8Array.of(0, 255));
    expect([...(await readFile(file))]).toEqual([0, 255]);
    const long = 'x'.repeat(255);
    await writeFileAtomic(path.join(folder, long), '');
    expect((await readdir(folder)).sort()).toEqual(['a.csv', long]);
  });

  test('the old content stays until the last chunk is in', async () => {
    const file = path.join(folder, 'a.csv');
    await writeFile(file, 'old');
    await writeFileAtomicStreaming(file, async (write) => {
      await write('new ');
      expect(await readFile(file, 'utf8')).toBe('old');
      await write(Buffer.from('content'));
    });
    expect(await readFile(file, 'utf8')).toBe('new content');
  });

  test('a symbolic link goes on pointing to its file', async () => {
    await writeFile(path.join(folder, 'real'), 'old');
    await symlink('real', path.join(folder, 'link'));
    await writeFileAtomic(path.join(folder, 'link'), 'new');
    expect(await readFile(path.join(folder, 'real'), 'utf8')).toBe('new');
  });
});

describe('failing', () => {
  test('an error of the producer is passed on; the old file stays and no temporary one', async () => {
    const file = path.join(folder, 'a.csv');
    await writeFile(file, 'old');
    const broken = writeFileAtomicStreaming(file, async (write) => {
      await write('half');
      throw new TypeError('no more');
    });
    await expect(broken).rejects.toThrow(new TypeError('no more'));
    expect(await readdir(folder)).toEqual(['a.csv']);
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  test('a missing folder, a folder as the file, a file as the folder: which, why and the cure', async () => {
    await mkdir(path.join(folder, 'results'));
    await writeFile(path.join(folder, 'file'), '');
    const missing = path.join(folder, 'none', 'a.csv');
    expect((await failure(missing)).message).toBe(
      `${missing}: cannot write it: its folder does not exist; create the folder first, or correct the path (ENOENT)`,
    );
    expect((await failure(path.join(folder, 'results'))).message).toContain('it is a folder');
    expect((await failure(path.join(folder, 'file', 'a.csv'))).message).toContain('is a file, not a folder');
    expect((await failure(path.join(folder, 'x'.repeat(256)))).message).toContain('its name is too long');
    expect((await readdir(folder)).sort()).toEqual(['file', 'results']);
  });

  test('a device is not replaced by a file', async () => {
    expect((await failure('/dev/null')).message).toContain('it is a device or a pipe');
  });

  test.skipIf(process.getuid?.() === 0)('a folder without permission', async () => {
    await chmod(folder, 0o500);
    expect((await failure(path.join(folder, 'a.csv'))).message).toContain('permission denied');
    await chmod(folder, 0o700);
  });

  test.each([
    ['EACCES', 'permission denied'],
    ['ENOSPC', 'no space is left'],
    ['EROFS', 'the file system is read-only'],
    ['EIO', 'the disk reported an error'],
  ])('%s in words', (code, words) => {
    const cause = Object.assign(new Error('x'), { code });
    const error = describeFileError('out/summary.csv', cause);
    expect(error.message).toMatch(new RegExp(`^out/summary.csv: cannot write it: ${words}.*\\(${code}\\)$`));
    expect(error.cause).toBe(cause);
    expect(error.exitCode).toBe(2);
  });

  test('a reason that is not known is given in the system’s words', () => {
    expect(describeFileError('a', new Error('odd')).message).toBe('a: cannot write it: odd');
  });
});
