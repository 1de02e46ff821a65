import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from './package-root.ts';

/** The script of a page, as the build bundled it. Throws Error where there is none. @param name without its extension */
export async function pageScript(name: string): Promise<string> {
  const file = path.join(packageRoot, 'dist', 'pages', `${name}.js`);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file}, the script of a page, is missing: npm run build makes it`, { cause });
  }
}
