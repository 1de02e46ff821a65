import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { arrivals } from '../../src/simulate/arrivals/index.ts';
import type { OrderFlow } from '../../src/simulate/arrivals/order-flow.ts';
import { type FlowCase, flowOf } from '../support/order-flows.ts';

const PARAMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  poisson: {},
  intraday: { amplitude: 1.2 },
  schedule: { times: [0, 1, 2], factors: [2, 0, 1] },
  hawkes: { self: 0.6, cross: 0.2, decay: 12, start: 'baseline' },
};

type Order = readonly [time: number, side: number, mark: number];

function ordersOf(flow: OrderFlow, path: number, count: number, reversed = false): Order[] {
  flow.start(path, reversed);
  return Array.from({ length: count }, () => {
    flow.advance();
    return [flow.time, flow.side, flow.mark] as const;
  });
}

/** The lines of the error that arrivals in a config give; empty where they are accepted. */
function messages(value: unknown, simulator: object = {}): string[] {
  try {
    checkExperiment({ strategies: ['constant'], simulator: { ...simulator, arrivals: value } }, catalogue).scenarioAt(
      {},
    );
    return [];
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n');
  }
}

describe.each(arrivals.map(({ type }) => type))('%s', (type) => {
  const flow: FlowCase = { type, params: PARAMS[type]!, A: 30, T: 2, ceiling: 1.5 };

  it('gives a path the same orders after any other path, in any flow of the key', () => {
    const one = flowOf(flow);
    const orders = ordersOf(one, 7, 200);
    ordersOf(one, 3, 61);
    expect(ordersOf(one, 7, 200)).toEqual(orders);
    expect(ordersOf(flowOf(flow), 7, 200)).toEqual(orders);
    expect(ordersOf(one, 8, 200)).not.toEqual(orders);
    expect(ordersOf(flowOf(flow, [1, 2, 3, 4]), 7, 200)).not.toEqual(orders);
  });

  it('comes in the order of time, with marks below the ceiling', () => {
    const orders = ordersOf(flowOf(flow), 1, 100);
    orders.forEach(([time, side, mark], i) => {
      expect(time).toBeGreaterThanOrEqual(i === 0 ? Number.MIN_VALUE : orders[i - 1]![0]);
      expect([0, 1]).toContain(side);
      expect(mark).toBeGreaterThanOrEqual(0);
      expect(mark).toBeLessThan(1.5);
    });
  });

  it('has no orders at A = 0, however often it is asked', () => {
    const none = flowOf({ ...flow, A: 0 });
    for (const [time] of ordersOf(none, 0, 5)) expect(time).toBe(Number.POSITIVE_INFINITY);
  });

  it('is pathwise unless the tabulated kernels know it', () => {
    const { simulator, pathwise } = checkExperiment(
      { strategies: ['constant'], simulator: { arrivals: { type, ...flow.params } } },
      catalogue,
    ).scenarioAt({});
    expect(simulator.arrivals.params).toEqual(flow.params);
    expect(pathwise).toBe(type !== 'poisson');
  });
});

it('hits the other side in the antithetic twin of a path of constant rate or of Hawkes orders', () => {
  for (const type of ['poisson', 'hawkes']) {
    const flow = flowOf({ type, params: PARAMS[type]!, A: 30, T: 2, ceiling: 1 });
    const twin = ordersOf(flow, 5, 300, true);
    ordersOf(flow, 5, 300).forEach(([time, side, mark], i) => {
      expect(twin[i]![0]).toBe(time);
      expect(twin[i]![1]).toBe(1 - side);
      expect(Math.abs(twin[i]![2] + mark - 1)).toBeLessThan(1e-9);
    });
  }
});

it('has no intraday orders after T, and none in the idle parts of a schedule', () => {
  const intraday = ordersOf(flowOf({ type: 'intraday', params: { amplitude: 2 }, A: 30, T: 2, ceiling: 1 }), 0, 300);
  expect(intraday.filter(([time]) => time > 2 && time < Number.POSITIVE_INFINITY)).toEqual([]);
  expect(intraday.at(-1)![0]).toBe(Number.POSITIVE_INFINITY);
  const params = { times: [0, 0.5, 0.5001, 1.5, 1.5001, 3, 3.1], factors: [1, 1, 0, 0, 1, 1, 0] };
  const scheduled = ordersOf(flowOf({ type: 'schedule', params, A: 30, T: 4, ceiling: 1 }), 0, 300);
  expect(scheduled.filter(([time]) => time > 0.5001 && time < 1.5)).toEqual([]);
  expect(scheduled.filter(([time]) => time > 1.5001 && time < 3).length).toBeGreaterThan(50);
  expect(scheduled.at(-1)![0]).toBe(Number.POSITIVE_INFINITY);
});

describe('arrivals in a config', () => {
  it('have defaults where a bare name makes sense', () => {
    expect(messages('hawkes')).toEqual([]);
    expect(messages('intraday')).toEqual([]);
  });

  it.each([
    [
      'unstable branching',
      { type: 'hawkes', self: 0.8, cross: 0.2 },
      'simulator.arrivals.self: expected self + cross below 1, got 0.8 ' +
        '(self and cross are mean numbers of followers; lower them until their sum is below 1)',
    ],
    ['a negative share', { type: 'hawkes', cross: -0.1 }, 'simulator.arrivals.cross: expected a number >= 0, got -0.1'],
    ['no decay', { type: 'hawkes', decay: 0 }, 'simulator.arrivals.decay: expected a number > 0, got 0'],
    ['a rate below 0', { type: 'intraday', amplitude: 2.5 }, 'simulator.arrivals.amplitude: expected a number <= 2'],
    ['a bare schedule', 'schedule', 'write {type: schedule, times: …, factors: …}'],
    [
      'times that do not increase',
      { type: 'schedule', times: [0, 2, 1], factors: [1, 1, 1] },
      'simulator.arrivals.times.2: expected a number above the one before it, 2, got 1',
    ],
    [
      'lists of unequal length',
      { type: 'schedule', times: [0, 2], factors: [1] },
      'simulator.arrivals.factors: expected as many numbers as in times, 2 and not 1, got a list',
    ],
  ])('are refused: %s', (_what, value, message) => {
    expect(messages(value).join('\n')).toContain(message);
  });

  it('refuses fills by rate x dt where the rate is random', () => {
    expect(messages('hawkes', { fill: 'linear' }).join('\n')).toContain('simulator.fill');
    expect(messages('intraday', { fill: 'linear' })).toEqual([]);
  });
});
