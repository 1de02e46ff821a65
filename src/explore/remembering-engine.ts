import type { ExactEngine, TransformValue } from '../exact/engine.ts';

/** An engine that computes each transform once: percentiles and density ask for the same ones, which take most of the time. */
export function rememberingEngine(engine: ExactEngine): ExactEngine {
  const frequencies = new Map<string, TransformValue[]>();
  const exponentials = new Map<string, number>();
  return {
    ...engine,
    frequencies(first, count, spacing) {
      return remembered(frequencies, `${first} ${count} ${spacing}`, () => engine.frequencies(first, count, spacing));
    },
    exponential(s, options) {
      return remembered(exponentials, `${s} ${JSON.stringify(options)}`, () => engine.exponential(s, options));
    },
  };
}

function remembered<T>(known: Map<string, T>, key: string, compute: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute();
  known.set(key, value);
  return value;
}
