import { describe, expect, it } from 'vitest';
import { lastPosition, objection, PARAMETERS, PRESETS, positionOf, valueAt } from '../../src/explore/parameters.ts';

describe.each(PARAMETERS)('slider of $key', (parameter) => {
  const last = lastPosition(parameter);
  const positions = Array.from({ length: last + 1 }, (_, position) => position);

  it('has an allowed value at each position, larger than the one before, and finds its way back', () => {
    const values = positions.map((position) => valueAt(parameter, position));
    expect(values.map((value) => objection(parameter, value)).filter((one) => one !== undefined)).toEqual([]);
    expect(values.map((value) => positionOf(parameter, value))).toEqual(positions);
    values.slice(1).forEach((value, i) => {
      expect(value).toBeGreaterThan(values[i] ?? Number.NaN);
    });
    expect(values.at(-1)).toBe(parameter.most);
  });

  it('stays at its ends for values beyond, which are refused', () => {
    expect(positionOf(parameter, 10 * parameter.most)).toBe(last);
    expect(positionOf(parameter, 0)).toBe(0);
    for (const value of [-1, 10 * parameter.most, Number.NaN]) expect(objection(parameter, value)).toBeDefined();
    if (parameter.spacing === 'whole') expect(objection(parameter, 1.5)).toBe('a whole number');
  });
});

it('takes every value of the presets', () => {
  for (const { parameters } of PRESETS) {
    for (const parameter of PARAMETERS) {
      const value = parameters[parameter.key];
      expect(value === null ? parameter.nullable : objection(parameter, value) === undefined).toBe(true);
    }
  }
});
