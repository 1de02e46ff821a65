import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { TopLevelSpec } from 'vega-lite';
import { textWidth } from './text-width.ts';
import { chartConfig, FONT } from './theme.ts';

export type ChartFormat = 'png' | 'svg';

/** A chart as Vega-Lite describes it, its theme left out. */
export type ChartSpec = TopLevelSpec;

/** A chart that can also be one of several in a row. */
export type PanelSpec = ChartSpec & Extract<ChartSpec, { hconcat: unknown }>['hconcat'][number];

/**
 * Draws a chart in the theme: a PNG as bytes, twice the specification's pixels, or an SVG as text. Vega and resvg are
 * loaded at the first chart, since they take longer to load than the rest of the program.
 * @throws Error where the specification is not one that Vega-Lite draws as it says: its warnings count as errors
 */
export function renderChart(spec: ChartSpec, options: { readonly format: 'svg' }): Promise<string>;
export function renderChart(spec: ChartSpec, options: { readonly format: 'png' }): Promise<Uint8Array>;
export function renderChart(spec: ChartSpec, options: { readonly format: ChartFormat }): Promise<Uint8Array | string>;
export async function renderChart(
  spec: ChartSpec,
  { format }: { readonly format: ChartFormat },
): Promise<Uint8Array | string> {
  const svg = await svgOf(spec);
  return format === 'svg' ? svg : pngOf(svg);
}

async function svgOf(spec: ChartSpec): Promise<string> {
  const [vega, lite] = await Promise.all([import('vega'), import('vega-lite')]);
  measureTexts(vega);
  const complaints: unknown[] = [];
  const logger = vega.logger(vega.Warn, 'error', (_method, _level, messages) => {
    complaints.push(...messages);
  });
  const compiled = lite.compile({ ...spec, config: { ...chartConfig, ...spec.config } }, { logger });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger });
  try {
    const svg = await view.toSVG();
    if (complaints.length > 0) throw new Error(`chart: ${complaints.map(String).join('; ')}`);
    return svg;
  } finally {
    view.finalize();
  }
}

/** A text as Vega measures it. */
interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/** Vega's own place for a measure of texts, which its types leave out. */
interface TextMetrics {
  readonly textMetrics: { width(item: TextItem, text: unknown): number };
}

function hasTextMetrics(vega: object): vega is TextMetrics {
  return 'textMetrics' in vega;
}

/** Gives Vega the widths of the packaged font. */
function measureTexts(vega: object): void {
  if (!hasTextMetrics(vega)) throw new Error('chart: this version of vega has no textMetrics');
  vega.textMetrics.width = ({ fontSize = 11, fontWeight = 'normal' }, text) => {
    const isBold = fontWeight === 'bold' || Number(fontWeight) >= 600;
    return textWidth(String(text ?? ''), fontSize, isBold);
  };
}

/** The package's own font files; where one cannot be read, resvg would draw no text and say nothing. */
async function fontFiles(): Promise<string[]> {
  const require = createRequire(import.meta.url);
  const files = [
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  ];
  await Promise.all(files.map((file) => access(file, constants.R_OK)));
  return files;
}

async function pngOf(svg: string): Promise<Uint8Array> {
  const [{ renderAsync }, files] = await Promise.all([import('@resvg/resvg-js'), fontFiles()]);
  const image = await renderAsync(svg, {
    font: { fontFiles: files, loadSystemFonts: false, defaultFontFamily: FONT, sansSerifFamily: FONT },
    fitTo: { mode: 'zoom', value: 2 },
    background: 'white',
  });
  return image.asPng();
}
