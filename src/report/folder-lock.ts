import { randomBytes } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { describeFileError, TEMPORARY_NAME } from '../util/atomic-write.ts';
import { FileError } from '../util/errors.ts';

/** In a run's folder while a process writes to it. */
const LOCK_FILE = '.mm-batch.lock';

const holder = z.object({
  pid: z.int(),
  host: z.string(),
  /** Clock ticks from boot to the process's start, where the system tells: process numbers are used again. */
  started: z.string().nullable(),
});
type Holder = z.infer<typeof holder>;

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Keeps two runs out of one folder. A lock whose process has ended, by kill -9 or a power cut, is taken over.
 * @throws FileError where another run holds the folder, or it cannot be written to
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = path.join(folder, LOCK_FILE);
  const own = JSON.stringify({ pid: process.pid, host: os.hostname(), started: await startOf(process.pid) });
  let isTakenOver = false;
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await create(file, own)) {
      if (isTakenOver) await removeTemporary(folder);
      return { release: () => rm(file, { force: true }) };
    }
    const found = await contentOf(file);
    if (found === undefined) continue;
    const other = parseHolder(found);
    // Made, but not yet written: its maker needs a moment, or has ended in between.
    if (other === undefined && attempt < 5) await setTimeout(50);
    else if (other !== undefined && (await isRunning(other))) throw new FileError(inUse(folder, file, other));
    else {
      await removeStale(file, found);
      isTakenOver = true;
    }
  }
  throw new FileError(`${file}: cannot be taken; if no other run uses the folder, delete this file`);
}

function inUse(folder: string, file: string, { pid, host }: Holder): string {
  const who = pid === process.pid ? 'this very process' : `process ${pid} on ${host}`;
  const cure =
    host === os.hostname()
      ? 'wait for it, or give another --output-dir'
      : `wait for it, give another --output-dir, or delete ${file} if that process has ended`;
  return `${folder}: another run writes to this folder (${who}); ${cure}`;
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw describeFileError(file, error);
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw describeFileError(file, error);
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holder.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Removes a lock that was judged by its content; one that somebody else has put there since is put back. */
async function removeStale(file: string, judged: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw describeFileError(file, error);
  }
  if ((await contentOf(aside)) !== judged) await link(aside, file);
  await unlink(aside);
}

/** Files that the run which has ended was writing; they can be as large as paths.csv. */
async function removeTemporary(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => TEMPORARY_NAME.test(name));
  await Promise.all(names.map((name) => rm(path.join(folder, name), { force: true })));
}

/** A process of another machine cannot be looked up; it counts as running. */
async function isRunning({ pid, host, started }: Holder): Promise<boolean> {
  if (host !== os.hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return started === null || started === (await startOf(pid));
}

/** Field 22 of /proc/<pid>/stat (proc(5)); null where there is no such file. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name in parentheses, may hold spaces.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
