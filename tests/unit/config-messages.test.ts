import { describe, expect, it } from 'vitest';
import { checkExperiment, parseExperiment } from '../../src/config/load.ts';
import { ConfigError } from '../../src/util/errors.ts';
import { catalogue } from './config-catalogue.ts';
import { CONSTANT_KEYS, SIMULATOR_KEYS } from './known-keys.ts';

/** The lines of the error that a text gives; an empty list where it is accepted. */
function linesOf(text: string): string[] {
  return caught(() => parseExperiment(text, 'x.yaml', catalogue, { overrides: [] }));
}

function caught(load: () => unknown): string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.exitCode).toBe(2);
    return error.message.split('\n');
  }
}

const KNOWN = `(known keys: ${SIMULATOR_KEYS})`;

describe('messages of a wrong experiment', () => {
  it('names every problem at once, by position', () => {
    const text = `seed: 1.5
paths: 1_000
simulator:
  sigm: 3
  gamma: 1
  mu: .nan
  S0: abc
  Q_max: -.inf
  scheme: events
model:
  gamma: -1
  sigma: 1e300
  T: null
strategies:
  - hjbb
  - {type: konstant}
  - {type: constant, half_spred: 3}
  - custom
  - 3
  - {name: mine}
`;
    expect(linesOf(text)).toEqual([
      'x.yaml:1:7 seed: expected an integer, got 1.5',
      'x.yaml:2:8 paths: expected an integer, got "1_000" (write 1000)',
      `x.yaml:4:3 simulator.sigm: unknown key; did you mean "sigma"? ${KNOWN}`,
      `x.yaml:5:3 simulator.gamma: unknown key; did you mean "model.gamma"? ${KNOWN}`,
      'x.yaml:6:7 simulator.mu: expected a finite number, got NaN',
      'x.yaml:7:7 simulator.S0: expected a number, got "abc" (write a number such as 0.5 or 1e-3)',
      'x.yaml:8:10 simulator.Q_max: expected a finite number, got -Infinity (write null for no bound)',
      'x.yaml:9:11 simulator.scheme: expected one of "stepped", "event", got "events" (did you mean "event"?)',
      'x.yaml:11:10 model.gamma: expected a number >= 0, got -1 (0 means risk-neutral)',
      'x.yaml:12:10 model.sigma: expected a number <= 1e9, got 1e+300',
      'x.yaml:13:6 model.T: expected a number, got null',
      'x.yaml:15:5 strategies.0: expected one of "hjb", "constant", "custom", got "hjbb" (did you mean "hjb"?)',
      'x.yaml:16:12 strategies.1.type: expected one of "hjb", "constant", "custom", got "konstant" (did you mean "constant"?)',
      `x.yaml:17:22 strategies.2.half_spred: unknown key; did you mean "half_spread"? (known keys: ${CONSTANT_KEYS})`,
      'x.yaml:18:5 strategies.3: expected a mapping, got "custom" (write {type: custom, module: …})',
      'x.yaml:19:5 strategies.4: expected one of "hjb", "constant" or a mapping of keys, got 3',
      'x.yaml:20:5 strategies.5.type: expected one of "hjb", "constant", "custom", got nothing',
    ]);
  });

  it('finds the place of a value through anchors and merge keys, and the parent of a missing key', () => {
    const text = `simulator: &market
  sigma: -1
  T: 2
model:
  <<: *market
  T: [3]
strategies:
  - &a {type: constant, half_spread: wide}
  - {<<: *a, name: other}
  - {<<: [*a, {skew: x}], name: third, half_spread: 1}
  - {type: custom}
`;
    expect(linesOf(text)).toEqual([
      'x.yaml:2:10 simulator.sigma: expected a number >= 0, got -1',
      'x.yaml:2:10 model.sigma: expected a number >= 0, got -1',
      'x.yaml:6:6 model.T: expected a number, got a list',
      'x.yaml:8:38 strategies.0.half_spread: expected a number, got "wide" (write a number such as 0.5 or 1e-3)',
      'x.yaml:8:38 strategies.1.half_spread: expected a number, got "wide" (write a number such as 0.5 or 1e-3)',
      'x.yaml:10:22 strategies.2.skew: expected a number, got "x" (write a number such as 0.5 or 1e-3)',
      'x.yaml:11:5 strategies.3.module: expected a text, got nothing',
    ]);
    expect(linesOf('# nothing\n\nname: a\n')).toEqual([
      'x.yaml:3:1 strategies: expected a list, got nothing (for example strategies: [hjb, constant])',
    ]);
  });

  it.each([
    ['', 'x.yaml:1:1 document: expected a mapping of keys, got nothing (the file is empty)'],
    ['# a comment\n', 'x.yaml:1:1 document: expected a mapping of keys, got nothing (the file is empty)'],
    ['- hjb', 'x.yaml:1:1 document: expected a mapping of keys, got a list or a single value'],
    ['hjb', 'x.yaml:1:1 document: expected a mapping of keys, got a list or a single value'],
    ['a: \0', 'x.yaml:1:1 document: expected a YAML or JSON text, got a NUL character (is this a binary file?)'],
    ['a: 1\n---\nb: 2', 'x.yaml:2:1 YAML: expected one document, got a second one (remove the --- line)'],
    ['model: {T: 1,\n  T: 1}', 'x.yaml:2:3 model.T: duplicate key (keep one of them)'],
    ['strategies: [{a: 1, a: 2}]', 'x.yaml:1:21 strategies.0.a: duplicate key (keep one of them)'],
    ['a: *b', 'x.yaml:1:4 YAML: unknown anchor *b (define it above with &b)'],
    ['a: {<<: 3}', 'x.yaml:1:9 YAML: expected a mapping or a list of mappings to merge, got something else'],
    ['a: !secret b', 'x.yaml:1:4 YAML: Unresolved tag: !secret'],
    ['? [a]\n: 1', 'x.yaml:1:3 YAML: expected a text as key, got a list, a mapping or an alias'],
    ['a: &a [*a]', 'x.yaml:1:8 a.0: expected at most 64 levels, got a value that holds itself'],
    [`a: ${'['.repeat(70)}${']'.repeat(70)}`, 'x.yaml:1:6 a.0.0: expected at most 64 levels, got more'],
    ['['.repeat(50_000), expect.stringMatching(/^x\.yaml:1:\d+ YAML: nested too deeply$/)],
    ['#'.repeat(300_000), 'x.yaml:1:1 document: expected at most 256 KiB of text, got 293 KiB'],
  ])('gives one clear line for a text that is no experiment: %#', (text, line) => {
    expect(linesOf(text)).toEqual([line]);
  });

  it('weighs keys against each other even beside other problems', () => {
    const text = `seed: null
simulator: {T: 0.5, dt: 1, Q_max: 3, order_size: 2, q0: 5, midprice: binomial, scheme: event}
model: {Q_max: 1, delta_min: 2, delta_max: 1, dt: 1e-10}
strategies: [constant, {type: hjb, name: constant}, constant]
`;
    expect(linesOf(text)).toEqual([
      'x.yaml:1:7 seed: expected a number or a text, got null',
      'x.yaml:2:57 simulator.q0: expected a multiple of simulator.order_size = 2, got 5 (the nearest is 6)',
      'x.yaml:2:57 simulator.q0: expected an inventory within simulator.Q_max = 3, got 5 (raise Q_max or start nearer to 0)',
      'x.yaml:2:88 simulator.scheme: expected stepped with this midprice, got "event" (change the scheme or simulator.midprice)',
      'x.yaml:3:16 model.Q_max: expected at least order_size = 2, got 1 (change model.Q_max or model.order_size)',
      'x.yaml:3:16 model.Q_max: expected at least the initial inventory, simulator.q0 = 5, in size, got 1 (raise it or start nearer to 0)',
      'x.yaml:3:30 model.delta_min: expected at most model.delta_max = 1, got 2 (null means unbounded)',
      'x.yaml:3:51 model.dt: expected at least T / 1e8 = 5e-9, got 1e-10 (more than 1e8 time steps)',
      'x.yaml:4:42 strategies.1: expected a unique name, got "constant" as in strategies.0 (give each a name:)',
      'x.yaml:4:53 strategies.2: expected a unique name, got "constant" as in strategies.0 (give each a name:)',
    ]);
  });

  it.each([
    [
      '{Q_max: null}',
      'x.yaml:1:20 model.Q_max: expected a number > 0, because simulator.Q_max is null, got nothing (the quote grid needs a bound: add model.Q_max)',
    ],
    [
      '{Q_max: 10001}',
      'x.yaml:1:20 simulator.Q_max: expected at most 10000 times order_size = 1, got 10001 (write null for no bound, or change order_size)',
    ],
    [
      '{order_size: 11}',
      'x.yaml:1:25 simulator.Q_max: expected at least order_size = 11, got 10 (write null for no bound, or change order_size)',
    ],
    ['{T: 0.0001}', 'x.yaml:1:16 simulator.dt: expected at most simulator.T = 0.0001, got 0.001 (give a smaller dt)'],
    ['{dt: 1e-9}', 'x.yaml:1:17 simulator.dt: expected at least T / 1e8 = 1e-8, got 1e-9 (more than 1e8 time steps)'],
    ['{k: 0}', 'x.yaml:1:16 simulator.k: expected a number > 0, got 0'],
    ['{k: 1e-13}', 'x.yaml:1:16 simulator.k: expected a number >= 1e-12, got 1e-13'],
  ])('refuses simulator: %s', (simulator, line) => {
    expect(linesOf(`simulator: ${simulator}\nstrategies: [hjb]`)).toEqual([line]);
  });

  it.each([
    '{q0: -10}',
    '{q0: 0.3, order_size: 0.1}',
    '{A: 0, sigma: 0}',
    '{Q_max: 10000}',
    '{dt: 1}',
    '{dt: 1e-8}',
    '{dt: 1e-11, scheme: event}',
  ])('accepts simulator: %s', (simulator) => {
    expect(linesOf(`simulator: ${simulator}\nstrategies: [hjb]`)).toEqual([]);
  });

  it.each(['=1+1', '-a', '+a', '@a', ' a', 'a ', 'a,b', 'a"b', "a'b", 'a\nb', '12', '', 'x'.repeat(61)])(
    'refuses the strategy name %j',
    (name) => {
      const lines = caught(() => checkExperiment({ strategies: [{ type: 'hjb', name }] }, catalogue));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^config strategies\.0\.name: expected a name of 1 to 60 printable characters, .*got "/);
    },
  );

  it.each(['a/b', '..', '.a', 'a.', ' a', 'a\n', 'é', '', 'x'.repeat(101)])('refuses the name %j', (name) => {
    const lines = caught(() => checkExperiment({ name, strategies: ['hjb'] }, catalogue));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^config name: expected a name of 1 to 100 letters, /);
  });

  it('cuts long values and keeps terminal codes out', () => {
    const [line = ''] = linesOf(JSON.stringify({ paths: `\u001b[31m${'x'.repeat(5000)}`, strategies: ['hjb'] }));
    expect(line).toMatch(/^x\.yaml:1:10 paths: expected an integer, got "\\u001b\[31mx{40,}… \(/);
    expect(line.length).toBeLessThan(160);
    const [key = ''] = linesOf(JSON.stringify({ 'a\nb\u009b': 1, strategies: ['hjb'] }));
    expect(key).toMatch(/^x\.yaml:1:2 a\\u\{a\}b\\u\{9b\}: unknown key \(known keys: name, /);
  });

  it('ends a long list of problems with their number', () => {
    const keys = Array.from({ length: 130 }, (_, i) => `key${i}: 1`).join('\n');
    const lines = linesOf(`strategies: [hjb]\n${keys}`);
    expect(lines).toHaveLength(101);
    expect(lines[100]).toBe('and 30 more problems');
  });

  it.each([
    [null, 'config document: expected a mapping of keys, got null (give it a value or remove the key)'],
    [[], 'config document: expected a mapping of keys, got an empty list'],
    [{ strategies: ['hjb'], paths: 3n }, 'config paths: expected an integer, got 3'],
    [
      { strategies: [() => 1] },
      'config strategies.0: expected one of "hjb", "constant" or a mapping of keys, got a function',
    ],
  ])('checks plain objects: %#', (value, line) => {
    expect(caught(() => checkExperiment(value, catalogue))).toEqual([line]);
  });
});
