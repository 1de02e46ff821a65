import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The licence of each package that the modules are of, as its terms ask of copies; equal texts once. */
export async function noticesOf(modules) {
  const folders = new Set(modules.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const name = path.relative('node_modules', folder);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled and has no licence file`);
    const text = (await readFile(path.join(folder, file), 'utf8')).trim();
    packages.set(text, [...(packages.get(text) ?? []), name]);
  }
  return [...packages].map(([text, names]) => `${names.join(', ')}\n\n${text}`).join('\n\n\n');
}
