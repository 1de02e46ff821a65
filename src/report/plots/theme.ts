import type { Config } from 'vega-lite';

/**
 * Colours that people with any common colour blindness tell apart (Okabe & Ito 2008), the faint yellow last. Grey takes the
 * place of their black, which is the colour of axes and has no darker shade.
 */
const OKABE_ITO = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#666666', '#F0E442'] as const;

/** Built-in strategies keep their colour whichever of them a chart shows. */
const OWN_COLOURS: ReadonlyMap<string, number> = new Map([
  ['hjb', 0],
  ['constant', 1],
  ['inventory_aware', 2],
  ['avellaneda_stoikov', 3],
  ['symmetric', 4],
]);

/**
 * A colour for each strategy: its own where it is built in, else the next free one of the palette in the order of the
 * names, so that equal lists of names get equal colours in every chart. Past eight the palette returns in darker shades.
 */
export function strategyColours(names: readonly string[]): ReadonlyMap<string, string> {
  const distinct = [...new Set(names)];
  const taken = new Set(distinct.flatMap((name) => OWN_COLOURS.get(name) ?? []));
  let next = 0;
  const nextFree = (): number => {
    while (taken.has(next)) next++;
    return next++;
  };
  return new Map(distinct.map((name) => [name, colourAt(OWN_COLOURS.get(name) ?? nextFree())]));
}

function colourAt(index: number): string {
  const colour = OKABE_ITO[index % OKABE_ITO.length] ?? '#666666';
  const shade = 0.65 ** Math.floor(index / OKABE_ITO.length);
  if (shade === 1) return colour;
  const channels = [1, 3, 5].map((at) => Math.round(Number.parseInt(colour.slice(at, at + 2), 16) * shade));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Colours from dark to light that also keep their order in grey: for an ordered quantity. Its pale end is left out for lines. */
export const ORDERED_LINES = { name: 'viridis', extent: [0, 0.88] } as const;
export const ORDERED_AREAS = 'viridis';

/** Charts and their panels are this large unless told otherwise, in pixels at zoom 1. */
export const CHART_SIZE = { width: 520, height: 320 } as const;

/** The family that the packaged font files hold, and what an SVG viewer without it may take. */
export const FONT = 'DejaVu Sans';

/** Pixels. */
export const AXIS_TITLE_SIZE = 12;

const TEXT = '#222222';

/** How every chart looks. */
export const chartConfig: Config = {
  background: 'white',
  font: `${FONT}, sans-serif`,
  padding: 12,
  title: {
    anchor: 'start',
    fontSize: 14,
    fontWeight: 'bold',
    subtitleFontSize: 11,
    color: TEXT,
    subtitleColor: TEXT,
    offset: 10,
  },
  axis: {
    labelFontSize: 11,
    titleFontSize: AXIS_TITLE_SIZE,
    titleFontWeight: 'normal',
    labelColor: TEXT,
    titleColor: TEXT,
    gridColor: '#e4e4e4',
    domainColor: '#888888',
    tickColor: '#888888',
    titlePadding: 8,
    labelFlush: false,
  },
  legend: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: TEXT,
    labelLimit: 260,
    titleColor: TEXT,
    titleLimit: 260,
  },
  header: { labelFontSize: 12, titleFontSize: 12, labelColor: TEXT, titleColor: TEXT },
  view: { stroke: '#cccccc' },
};
