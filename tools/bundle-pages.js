// Bundles the scripts of the pages that the package writes, Vega within them, into dist/pages: one file each, which the
// writer puts into the page. The notices of what is bundled come first, as its licences ask.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';

const PAGES = {
  report: 'src/report/html/client/main.ts',
  explore: 'src/explore/client/main.ts',
  'explore-worker': 'src/explore/client/worker.ts',
};

/** Modules of ours do nothing but define: those of whose exports nothing is used stay out, with the packages that they import. */
const treeshake = { moduleSideEffects: [{ test: /\/src\/(?!.*\/client\/)/, sideEffects: false }] };

/** What those modules import and no page may need. */
const external = [/^node:/, 'jiti'];

for (const [name, input] of Object.entries(PAGES)) {
  const bundle = await rolldown({
    input,
    platform: 'browser',
    tsconfig: 'src/report/html/client/tsconfig.json',
    external,
    treeshake,
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  if (output[0].imports.length > 0) throw new Error(`${name}.js needs ${output[0].imports}, which no browser has`);
  const banner = await notices(Object.keys(output[0].modules));
  const written = await bundle.write({
    file: `dist/pages/${name}.js`,
    format: 'iife',
    minify: true,
    postBanner: banner,
  });
  await bundle.close();
  // Within a page the first would end the script, and the second could keep it from ending.
  const [trouble] = written.output[0].code.match(/<\/script|<!--/i) ?? [];
  if (trouble !== undefined) throw new Error(`${name}.js holds ${trouble}, which may not stand in a page's script`);
}

/** A comment with the licence of each package that the modules are of, equal texts once. */
async function notices(modules) {
  const folders = new Set(modules.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const packages = new Map();
  for (const folder of folders) {
    const name = path.relative('node_modules', folder);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled and has no licence file`);
    const text = (await readFile(path.join(folder, file), 'utf8')).trim();
    packages.set(text, [...(packages.get(text) ?? []), name]);
  }
  const blocks = [...packages].map(([text, names]) => `${names.join(', ')}\n\n${text}`);
  return `/*! This script contains:\n\n${blocks.join('\n\n\n').replaceAll('*/', '* /')}\n*/`;
}
