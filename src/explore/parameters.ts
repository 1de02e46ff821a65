/** What the explore page lets its reader set: keys of a config's `simulator:` and `model:`, null = no bound. */
export interface ExploreParameters {
  readonly sigma: number;
  readonly A: number;
  readonly k: number;
  readonly gamma: number;
  readonly phi: number;
  readonly T: number;
  readonly Q_max: number;
  readonly delta_min: number | null;
  readonly delta_max: number | null;
}

export type ParameterKey = keyof ExploreParameters;

/** One parameter with the range of its slider, which is also what its number field takes. */
export interface Parameter {
  readonly key: ParameterKey;
  readonly symbol: string;
  readonly meaning: string;
  readonly unit: string;
  /** The slider's first position above zero, and its last. */
  readonly least: number;
  readonly most: number;
  /** log: equal ratios; zero-log: the same, with 0 at its left end; whole: each whole number. */
  readonly spacing: 'log' | 'zero-log' | 'whole';
  /** True where null stands for no bound. */
  readonly nullable: boolean;
}

const PER_PRICE = '1 / price unit';
const log = { spacing: 'log', nullable: false } as const;
const zeroLog = { spacing: 'zero-log', nullable: false } as const;
const bound = { unit: 'price units', spacing: 'zero-log', nullable: true, least: 0.001 } as const;

export const PARAMETERS: readonly Parameter[] = [
  { key: 'sigma', symbol: 'σ', meaning: 'volatility', unit: 'price units / √time', least: 0.01, most: 20, ...log },
  { key: 'A', symbol: 'A', meaning: 'market orders a side', unit: '1 / time', least: 0.1, most: 1000, ...log },
  { key: 'k', symbol: 'k', meaning: 'decay of fills', unit: PER_PRICE, least: 0.05, most: 20, ...log },
  { key: 'gamma', symbol: 'γ', meaning: 'risk aversion', unit: PER_PRICE, least: 0.001, most: 10, ...zeroLog },
  {
    key: 'phi',
    symbol: 'φ',
    meaning: 'terminal cost',
    unit: 'price units / unit²',
    least: 0.001,
    most: 10,
    ...zeroLog,
  },
  { key: 'T', symbol: 'T', meaning: 'horizon', unit: 'time', least: 0.01, most: 1000, ...log },
  {
    key: 'Q_max',
    symbol: 'Q',
    meaning: 'inventory bound',
    unit: 'units',
    least: 1,
    most: 60,
    spacing: 'whole',
    nullable: false,
  },
  { key: 'delta_min', symbol: 'δ min', meaning: 'least distance', most: 10, ...bound },
  { key: 'delta_max', symbol: 'δ max', meaning: 'greatest distance', most: 100, ...bound },
];

/** Steps of a slider that is not `whole`. */
const STEPS = 240;

/** The last position of a parameter's slider; the first is 0. */
export function lastPosition({ spacing, least, most }: Parameter): number {
  return spacing === 'whole' ? most - least : STEPS;
}

/** The value at a position of a slider, to three significant digits. */
export function valueAt(parameter: Parameter, position: number): number {
  const { spacing, least, most } = parameter;
  if (spacing === 'whole') return least + position;
  const first = spacing === 'zero-log' ? 1 : 0;
  if (position < first) return 0;
  return Number((least * (most / least) ** ((position - first) / (STEPS - first))).toPrecision(3));
}

/** The position nearest to a value. */
export function positionOf(parameter: Parameter, value: number): number {
  const { spacing, least, most } = parameter;
  const last = lastPosition(parameter);
  if (spacing === 'whole') return Math.min(last, Math.max(0, Math.round(value) - least));
  const first = spacing === 'zero-log' ? 1 : 0;
  if (value < least) return spacing === 'zero-log' && value < least / 2 ? 0 : first;
  const share = Math.log(Math.min(value, most) / least) / Math.log(most / least);
  return first + Math.round(share * (STEPS - first));
}

/** Why a parameter cannot have a value; undefined where it can. */
export function objection({ spacing, least, most }: Parameter, value: number): string | undefined {
  const from = spacing === 'zero-log' ? 0 : least;
  if (!(value >= from && value <= most)) return `a number from ${from} to ${most}`;
  return spacing === 'whole' && !Number.isInteger(value) ? 'a whole number' : undefined;
}

const AVELLANEDA_STOIKOV: ExploreParameters = {
  sigma: 2,
  A: 140,
  k: 1.5,
  gamma: 0.1,
  phi: 0,
  T: 1,
  Q_max: 10,
  delta_min: null,
  delta_max: null,
};

/** Where to begin: the parameters of papers, and the defaults of a config. */
export const PRESETS: readonly {
  readonly id: string;
  readonly name: string;
  readonly parameters: ExploreParameters;
}[] = [
  { id: 'avellaneda-stoikov', name: 'Avellaneda & Stoikov 2008', parameters: AVELLANEDA_STOIKOV },
  {
    id: 'glft',
    name: 'Guéant, Lehalle & Fernandez-Tapia 2013',
    parameters: { ...AVELLANEDA_STOIKOV, sigma: 0.3, A: 0.9, k: 0.3, gamma: 0.01, T: 600, Q_max: 30 },
  },
  {
    id: 'defaults',
    name: 'Defaults of a config',
    parameters: {
      sigma: 0.2,
      A: 1,
      k: 0.5,
      gamma: 0.1,
      phi: 0.01,
      T: 1,
      Q_max: 10,
      delta_min: 0.001,
      delta_max: 0.1,
    },
  },
];

export const INITIAL = AVELLANEDA_STOIKOV;
