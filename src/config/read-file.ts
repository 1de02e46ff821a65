import { open } from 'node:fs/promises';
import { FileError } from '../util/errors.ts';
import { MAX_CHARACTERS as MAX_BYTES } from './limits.ts';

/**
 * Reads a text file, without reading more of it than an experiment may hold.
 * Throws FileError where it is absent, unreadable, a folder, too large or not UTF-8.
 */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readBytes(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) throw new FileError(`${file}: ${reason(error.code, error.message)}`);
    throw error;
  });
  if (bytes.length > MAX_BYTES) {
    throw new FileError(`${file}: larger than ${MAX_BYTES / 1024} KiB (is it an experiment file?)`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FileError(`${file}: not a UTF-8 text (is it a binary file, or saved in another encoding?)`);
  }
}

/** The file's first bytes, one more than allowed where there are so many: pipes do not tell their size. */
async function readBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const buffer = new Uint8Array(MAX_BYTES + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function reason(code: unknown, message: string): string {
  if (code === 'ENOENT') return 'no such file (check the path and the folder that you are in)';
  if (code === 'EISDIR') return 'is a folder (name the experiment file in it)';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read (check its permissions)';
  return `cannot be read (${message})`;
}
