import type { HjbGrid } from '../../solve/hjb-grid.ts';
import { createSpreadReader, type SpreadReader } from '../../solve/spread-reader.ts';
import type { PathPolicy, PolicyRandom } from '../policy.ts';
import { QuoteError } from '../quote-error.ts';
import type { StrategyContext } from '../strategy.ts';
import type { Policy, PolicyContext, PolicyFactory, PolicyParameters, Quotes } from './policy-api.ts';

/** Turns a user's policy into one that the simulation asks for distances, with every answer checked. */
export function pathPolicyOf(
  policy: Policy | PolicyFactory,
  params: PolicyParameters,
  { simulator, model, grid }: StrategyContext,
  random: PolicyRandom,
): PathPolicy {
  let quotesAt: (t: number, q: number, S: number) => unknown;
  const given: PolicyContext = { params, simulator, model, random, optimalSpreads: optimalSpreads(grid) };
  return {
    start() {
      quotesAt = typeof policy === 'function' ? (t, q, S) => policy(t, q, S, params) : policy.create(given);
    },
    quote(t, q, S, out) {
      const quotes = quotesAt(t, q, S);
      if (!isQuotes(quotes)) throw badQuotes(t, q, S, quotes, 'two finite prices [bid, ask], null for no quote');
      const [bid, ask] = quotes;
      if (bid !== null && ask !== null && bid > ask) throw badQuotes(t, q, S, quotes, 'a bid not above the ask');
      out[0] = bid === null ? Number.POSITIVE_INFINITY : S - bid;
      out[1] = ask === null ? Number.POSITIVE_INFINITY : ask - S;
    },
  };
}

function isQuotes(value: unknown): value is Quotes {
  return Array.isArray(value) && value.length === 2 && isPrice(value[0]) && isPrice(value[1]);
}

function isPrice(value: unknown): boolean {
  return value === null || (typeof value === 'number' && Number.isFinite(value));
}

function badQuotes(t: number, q: number, S: number, quotes: unknown, expected: string): QuoteError {
  const text = Array.isArray(quotes) ? `[${quotes.join(', ')}]` : String(quotes);
  return new QuoteError(`the policy returned ${text} at t = ${t}, q = ${q}, S = ${S}; expected ${expected}`);
}

/** Reads the grid when it is first asked for, since most policies do without. */
function optimalSpreads(grid: StrategyContext['grid']): PolicyContext['optimalSpreads'] {
  let read: PolicyContext['optimalSpreads'] | undefined;
  return (t, q) => {
    read ??= gridSpreads(grid);
    return read(t, q);
  };
}

/** Readers that this thread has made, by model: blocks of a cell ask for the same one again and again. */
const readers = new Map<string, SpreadReader>();
const MOST_READERS = 2;

function readerOf(grid: HjbGrid): SpreadReader {
  const key = JSON.stringify(grid.model);
  const known = readers.get(key);
  if (known !== undefined) return known;
  const reader = createSpreadReader(grid);
  const [oldest] = readers.keys();
  if (readers.size === MOST_READERS && oldest !== undefined) readers.delete(oldest);
  readers.set(key, reader);
  return reader;
}

function gridSpreads(solve: StrategyContext['grid']): PolicyContext['optimalSpreads'] {
  const grid = solve();
  const spreadsAt = readerOf(grid);
  return (t, q) => {
    const spreads = spreadsAt(t, q);
    if (spreads !== undefined) return [finiteOrNull(spreads[0]), finiteOrNull(spreads[1])];
    throw new RangeError(`optimalSpreads: inventory ${q} lies outside the grid's ±${grid.model.Q_max}`);
  };
}

function finiteOrNull(distance: number): number | null {
  return Number.isFinite(distance) ? distance : null;
}
