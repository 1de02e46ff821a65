import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RunPlan } from '../plan/plan.ts';
import { describeFileError } from '../util/atomic-write.ts';

/** The folder that a run writes to, made before the work starts so that an unwritable one is known at once. */
export interface RunFolder {
  readonly path: string;
  /** Takes back the folders that were made, if nothing has been written to them. */
  discard(): Promise<void>;
}

/** `runs/<date>-<name>-<hash>`: the same plan on the same day writes, identically, to the same place. */
export function defaultRunFolder(plan: RunPlan, today: Date): string {
  const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, '0'));
  const name = plan.name.replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return path.join('runs', `${date.join('-')}-${name}-${plan.hash}`);
}

/** Makes the folder, parents included, and checks that files can be made in it. Throws FileError. */
export async function openRunFolder(folder: string): Promise<RunFolder> {
  let firstMade: string | undefined;
  try {
    firstMade = await makeFolders(path.resolve(folder));
    await readdir(folder);
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (firstMade !== undefined) await removeEmpty(path.resolve(folder), firstMade);
    throw describeFileError(folder, error);
  }
  return {
    path: folder,
    async discard() {
      if (firstMade !== undefined) await removeEmpty(path.resolve(folder), firstMade);
    },
  };
}

/**
 * Makes a folder and its missing parents; returns the topmost one made. Not Node's recursive mkdir, which never returns
 * where a parent exists but cannot hold folders (/proc).
 */
async function makeFolders(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return undefined;
    if (code === 'EEXIST') throw Object.assign(new Error(`${folder} is a file`), { code: 'ENOTDIR' });
    const parent = path.dirname(folder);
    if (code !== 'ENOENT' || parent === folder || existsSync(parent)) throw error;
    const firstMade = await makeFolders(parent);
    await mkdir(folder);
    return firstMade;
  }
}

/** Removes `folder` and its parents up to `firstMade`, stopping at one that is not empty. */
async function removeEmpty(folder: string, firstMade: string): Promise<void> {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((await readdir(at)).length > 0) return;
    await rmdir(at);
    if (at === firstMade) return;
  }
}

/** Removes a file of an earlier run that this one does not write, so that the folder speaks of one run only. */
export async function removeStale(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw describeFileError(file, error);
  }
}
