import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FileError } from './errors.ts';

/** Names of files that are being written; they are left behind where the process is killed. */
export const TEMPORARY_NAME = /^\.mm-batch-[0-9a-f]{16}\.tmp$/;

export type Chunk = string | Uint8Array;

/** Appends a chunk to the file; its promise settles when the system has taken it: await it before the next chunk. */
export type WriteChunk = (chunk: Chunk) => Promise<void>;

/**
 * Writes a whole file so that a reader sees the old content or the new one, never a part: a temporary name in the same
 * folder, fsync, rename, fsync of the folder. Strings are written as UTF-8; a symbolic link keeps pointing to its file.
 * @throws FileError naming the file, the system's reason and the cure; the temporary file is removed then
 */
export async function writeFileAtomic(file: string, data: Chunk): Promise<void> {
  await writeFileAtomicStreaming(file, (write) => write(data));
}

/**
 * The same for content that comes in chunks: `produce` gets a function that appends one. The file takes its name after
 * `produce` has ended; if it throws, nothing is left behind and its error is passed on.
 * @throws FileError as `writeFileAtomic`, and whatever `produce` throws
 */
export async function writeFileAtomicStreaming(
  file: string,
  produce: (write: WriteChunk) => Promise<void>,
): Promise<void> {
  const attempt = <T>(action: Promise<T>): Promise<T> =>
    action.catch((error: unknown) => {
      throw describeFileError(file, error);
    });
  const target = await attempt(regularTarget(file));
  const folder = path.dirname(target);
  // Not made of the file's own name, which may already be as long as the system allows.
  const temporary = path.join(folder, `.mm-batch-${randomBytes(8).toString('hex')}.tmp`);
  const handle = await attempt(open(temporary, 'wx'));
  try {
    try {
      await produce((chunk) => attempt(writeAll(handle, chunk)));
      await attempt(handle.sync());
    } finally {
      await attempt(handle.close());
    }
    await attempt(rename(temporary, target));
  } catch (error) {
    // The first error is the one to report; a disk that refuses writes may refuse the removal too.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await attempt(syncFolder(folder));
}

/** Where to rename to: the file behind a symbolic link. A device, pipe or folder must not be replaced. */
async function regularTarget(file: string): Promise<string> {
  try {
    const target = await realpath(file);
    const info = await stat(target);
    if (info.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    if (!info.isFile()) throw Object.assign(new Error('is not a regular file'), { code: 'ENOTREG' });
    return target;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return path.resolve(file);
    throw error;
  }
}

async function writeAll(handle: FileHandle, chunk: Chunk): Promise<void> {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
  // write(2) may take less than it was given.
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

/** Makes the names in a folder durable, after one was added or changed. Windows cannot open a folder, and some network file systems refuse to sync one. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

/** The system's reasons in words, each with its cure. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; write to a folder that you own, or change its permissions',
  EPERM: 'the system does not permit it; check the owner and attributes of the file and its folder',
  ENOENT: 'its folder does not exist; create the folder first, or correct the path',
  ENOTDIR: 'a part of its path is a file, not a folder; correct the path',
  EISDIR: 'it is a folder; give a file name inside it',
  ENOTREG: 'it is a device or a pipe, not a regular file; give the name of a file',
  ENOSPC: 'no space is left on the disk; free some, or write to another disk',
  EDQUOT: 'the disk quota is used up; free some space, or write to another disk',
  EROFS: 'the file system is read-only; write to another folder',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine; close some programs',
  ENAMETOOLONG: 'its name is too long; shorten it',
  ELOOP: 'its symbolic links form a loop; correct them',
  EFBIG: 'it is larger than the file system or the limit allows; raise ulimit -f, or write less',
  EIO: 'the disk reported an error; check it, or write to another disk',
};

/** A file that could not be written as a message for its user: which file, why, and the cure. */
export function describeFileError(file: string, error: unknown): FileError {
  const code = codeOf(error);
  const reason = (code && REASONS[code]) || (error instanceof Error ? error.message : String(error));
  return new FileError(`${file}: cannot write it: ${reason}${code ? ` (${code})` : ''}`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
