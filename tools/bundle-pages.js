// Bundles the scripts of the pages that the package writes, Vega within them, into dist/pages: one file each, which the
// writer puts into the page. The notices of what is bundled come first, as its licences ask.
import { rolldown } from 'rolldown';
import { noticesOf } from './notices.js';

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
  const notices = (await noticesOf(Object.keys(output[0].modules))).replaceAll('*/', '* /');
  const written = await bundle.write({
    file: `dist/pages/${name}.js`,
    format: 'iife',
    minify: true,
    postBanner: `/*! This script contains:\n\n${notices}\n*/`,
  });
  await bundle.close();
  // Within a page the first would end the script, and the second could keep it from ending.
  const [trouble] = written.output[0].code.match(/<\/script|<!--/i) ?? [];
  if (trouble !== undefined) throw new Error(`${name}.js holds ${trouble}, which may not stand in a page's script`);
}
