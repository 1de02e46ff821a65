import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkExperiment, parseExperiment } from '../../src/config/load.ts';
import { ConfigError } from '../../src/util/errors.ts';
import { catalogue } from '../unit/config-catalogue.ts';

const VALID = {
  name: 'a',
  seed: 42,
  paths: 10,
  simulator: {
    sigma: 2,
    mu: 0,
    S0: 100,
    A: 140,
    k: 1.5,
    T: 1,
    dt: 0.005,
    Q_max: 10,
    order_size: 1,
    q0: 0,
    midprice: 'brownian',
  },
  model: { gamma: 0.1, phi: 0, running: 0, dt: 0.01, delta_min: null, delta_max: null },
  strategies: ['hjb', { type: 'constant', half_spread: 0.745 }, { type: 'custom', module: 'm.ts', params: { a: 1 } }],
  sweep: { 'model.gamma': [0.01, 0.1], 'simulator.sigma': { from: 1, to: 3, steps: 5 } },
};
const LINE = /^(x\.yaml:[1-9]\d*:[1-9]\d*|--(set [^\n]+|paths|seed)) [^\n]*?: (expected [^\n]+, got [^\n]+|[^\n]+)$/;
const MORE = /^and \d+ more problems$/;

/** Accepts the text, or refuses it by a ConfigError whose every line has the format. */
function survives(text: string, overrides: readonly string[] = []): boolean {
  return messageOf(text, overrides) === undefined;
}

function messageOf(text: string, overrides: readonly string[] = []): string | undefined {
  let message: string | undefined;
  try {
    const experiment = parseExperiment(text, 'x.yaml', catalogue, { overrides });
    experiment.scenarioAt({});
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = error.message.split('\n');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(lines.length > 100 && line === lines.at(-1) ? MORE : LINE);
    message = error.message;
  }
  return message;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Every path of the document, sections and leaves. */
function pathsOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

/** The document with what is at the path changed: `change` gives the entries that stand in its place. */
function edit(
  value: Json,
  path: readonly string[],
  change: (key: string, old: Json) => readonly [string, Json][],
): Json {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, child]): readonly [string, Json][] => {
    if (key !== step) return [[key, child]];
    return rest.length === 0 ? change(key, child) : [[key, edit(child, rest, change)]];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

const somePath = fc.constantFrom(...pathsOf(VALID).filter((path) => path.length > 0));
const awkward = fc.oneof(
  fc.constantFrom<Json>(-1, 0, 1e308, 5e-324, -0, 1e12, 2 ** 53, 0.1, '', '1_000', 'abc', '__proto__', true, null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.constantFrom<Json>([], {}, [[]], ['hjb'], { type: 'constant' }, { from: 0, to: 1, steps: 2 }),
);

it('accepts the document that the others start from', () => {
  expect(survives(JSON.stringify(VALID))).toBe(true);
});

it('survives a wrong value anywhere', () => {
  let refused = 0;
  fc.assert(
    fc.property(somePath, awkward, (path, value) => {
      if (!survives(JSON.stringify(edit(VALID, path, (key) => [[key, value]])))) refused++;
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(100);
});

it('refuses NaN, infinities and other YAML values where a number belongs', () => {
  const numbers = pathsOf(VALID).filter(
    (path) => path[0] === 'simulator' && path.length === 2 && path[1] !== 'midprice',
  );
  expect(numbers).toHaveLength(10);
  for (const path of numbers) {
    for (const value of ['.nan', '.inf', '-.inf', '1e999', '1e308', '-1e308', 'yes', '2024-01-01', '[1]', '{a: 1}']) {
      const text = JSON.stringify(edit(VALID, path, (key) => [[key, '@']])).replace('"@"', value);
      expect([path, value, survives(text)]).toEqual([path, value, false]);
    }
  }
});

it('refuses a misspelt key anywhere and suggests the right one', () => {
  const words = pathsOf(VALID).filter((path) => /^[a-zA-Z_]{4,}$/.test(path.at(-1) ?? '') && !path.includes('params'));
  expect(words.length).toBeGreaterThan(20);
  for (const path of words) {
    const misspelt = edit(VALID, path, (key, old) => [[`${key.slice(0, -2)}${key.at(-1)}${key.at(-2)}`, old]]);
    // Without its type, a strategy's other keys cannot be judged.
    const expected = path.at(-1) === 'type' ? '.type: expected one of' : `did you mean "${path.at(-1)}"?`;
    expect(messageOf(JSON.stringify(misspelt))).toContain(expected);
  }
});

it('survives missing and duplicate keys', () => {
  fc.assert(
    fc.property(somePath, (path) => {
      survives(JSON.stringify(edit(VALID, path, () => [])));
    }),
    { seed: 2, numRuns: 100 },
  );
  for (const key of Object.keys(VALID)) {
    expect(survives(JSON.stringify(VALID).replace(`"${key}":`, `"${key}":1,"${key}":`))).toBe(false);
  }
});

it('survives any text', () => {
  const words = [
    'a',
    ':',
    ' ',
    '\n',
    '-',
    '[',
    ']',
    '{',
    '}',
    ',',
    '*a',
    '&a',
    '<<: *a',
    '? ',
    '|',
    '>',
    '"',
    "'",
    '#',
    '!',
    '!!map',
    '%YAML 1.1',
    '---',
    '...',
    '\t',
    '\0',
    '\ufeff',
    '1',
    '.nan',
    'model',
    'strategies',
    'sweep',
    'hjb',
  ];
  const yamlish = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(''));
  const binary = fc.uint8Array({ maxLength: 200 }).map((bytes) => new TextDecoder('latin1').decode(bytes));
  fc.assert(
    fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary' }), fc.json(), binary), (text) => {
      survives(text);
    }),
    { seed: 3, numRuns: 2000 },
  );
});

it('survives a valid text with characters cut out or put in', () => {
  const text = JSON.stringify(VALID, null, 1);
  const nat = fc.nat(text.length);
  fc.assert(
    fc.property(nat, fc.nat(20), fc.string({ maxLength: 5 }), (at, cut, put) => {
      survives(text.slice(0, at) + put + text.slice(at + cut));
    }),
    { seed: 4, numRuns: 300 },
  );
});

it('survives any override', () => {
  const paths = fc.oneof(
    somePath.map((path) => path.join('.')),
    fc.string(),
  );
  const values = fc.oneof(
    awkward.map((value) => JSON.stringify(value)),
    fc.string(),
  );
  fc.assert(
    fc.property(paths, fc.constantFrom('=', '', '.', '=='), values, (path, sign, value) => {
      survives(JSON.stringify(VALID), [`${path}${sign}${value}`]);
    }),
    { seed: 5, numRuns: 500 },
  );
});

it('survives any plain value', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
      for (const config of [value, { ...VALID, model: value }, { ...VALID, strategies: [value] }]) {
        try {
          checkExperiment(config, catalogue);
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          expect(error.message).toMatch(/^config /);
        }
      }
    }),
    { seed: 6, numRuns: 300 },
  );
});

it.each([
  ['billion laughs', `a0: &a0 [1]\n${many(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}`],
  [
    'billion laughs by merge keys',
    `a0: &a0 {x: 1}\n${many(40, (i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}]}\n`)}`,
  ],
  ['anchors and aliases', `b: [${many(14_000, (i) => `&a${i} 1, *a${i},`)}]`],
  ['aliases of a large list', `a: &a [${'1,'.repeat(100_000)}]\nb: [${'*a,'.repeat(900)}]`],
  ['entries', `strategies: [${'1,'.repeat(130_000)}]`],
  ['values of an axis', `strategies: [hjb]\nsweep: {model.gamma: [${'[],'.repeat(80_000)}]}`],
  ['unknown keys', many(24_000, (i) => `k${i}: 1\n`)],
  ['axes', `strategies: [hjb]\nsweep: {${many(12_000, (i) => `model.k${i}: [1],`)}}`],
  ['openings and closings', '}{'.repeat(130_000)],
  ['quotes', '"'.repeat(100_001)],
  ['lists in lists', '['.repeat(200_000)],
  ['maps in maps', '{a: '.repeat(60_000)],
  ['dashes', '- '.repeat(130_000)],
  ['documents', '---\n'.repeat(60_000)],
  ['too much text', ' '.repeat(20_000_000)],
])('ends quickly on many %s', (_name, text) => {
  expect(survives(text)).toBe(false);
});

function many(count: number, piece: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => piece(i)).join('');
}
