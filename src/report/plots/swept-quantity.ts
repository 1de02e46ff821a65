import type { Quantity } from './axis.ts';

/** Units of the numbers of `simulator:` and `model:`, as their descriptions have them. */
const UNITS: Readonly<Record<string, string>> = {
  sigma: 'price units / √time',
  mu: 'price units / time',
  S0: 'price units',
  A: '1 / time',
  k: '1 / price units',
  T: 'units of time',
  dt: 'units of time',
  drawdown_dt: 'units of time',
  latency: 'units of time',
  Q_max: 'units',
  order_size: 'units',
  q0: 'units',
  maker_fee: 'price units',
  impact: 'price units',
  tick: 'price units',
  through_mid: 'price units',
  delta_min: 'price units',
  delta_max: 'price units',
  gamma: '1 / price units',
  phi: 'price units / unit²',
  running: 'price units / (unit² × time)',
};

/** A swept path as what an axis measures: `model.gamma (1 / price units)`. */
export function sweptQuantity(path: string): Quantity {
  const [section, key = '', ...more] = path.split('.');
  const hasUnit = (section === 'simulator' || section === 'model') && more.length === 0;
  return { label: path, unit: hasUnit ? UNITS[key] : undefined };
}
