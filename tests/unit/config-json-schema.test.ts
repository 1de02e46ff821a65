import { expect, it } from 'vitest';
import { experimentJsonSchema } from '../../src/config/json-schema.ts';
import { didYouMean } from '../../src/util/did-you-mean.ts';
import { catalogue } from './config-catalogue.ts';

it('makes a JSON schema with descriptions, defaults and the strategies told apart by type', () => {
  const schema = experimentJsonSchema(catalogue);
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'mm-batch experiment',
    type: 'object',
    required: ['strategies'],
    additionalProperties: false,
    properties: {
      seed: { default: 42, anyOf: [{ type: 'integer' }, { type: 'string', minLength: 1 }] },
      paths: { default: 1000, type: 'integer', minimum: 2, maximum: 1e9 },
      simulator: {
        additionalProperties: false,
        properties: {
          k: {
            default: 0.5,
            description: 'decay of the fill intensity A exp(-k delta), 1 / price units (1e-12 to 1e9)',
          },
          Q_max: { default: 10, anyOf: [{ type: 'number' }, { type: 'null' }] },
          midprice: { default: 'brownian' },
          scheme: { enum: ['stepped', 'event'], default: 'stepped' },
        },
      },
      model: { properties: { sigma: { description: expect.stringContaining('default: simulator.sigma') } } },
      strategies: {
        minItems: 1,
        items: {
          anyOf: [
            { enum: ['hjb', 'constant'] },
            {
              oneOf: [
                { properties: { type: { const: 'hjb' } }, additionalProperties: false },
                {
                  properties: {
                    type: { const: 'constant' },
                    half_spread: { type: 'number' },
                    name: {},
                    model: { allOf: [{ $ref: '#/definitions/strategy_model' }] },
                    one_sided_at: { type: 'number' },
                  },
                },
                { required: ['module', 'type'] },
              ],
            },
          ],
        },
      },
    },
  });
});

it.each([
  ['sigm', 'sigma'],
  ['gamam', 'gamma'],
  ['s0', 'S0'],
  ['q_max', 'Q_max'],
  ['ordersize', 'order_size'],
  ['b', undefined],
  ['zzzzz', undefined],
  ['', undefined],
  ['sigma'.repeat(50), undefined],
])('takes %j for %j', (word, meant) => {
  expect(didYouMean(word, ['sigma', 'gamma', 'S0', 'Q_max', 'order_size', 'A', 'k'])).toBe(meant);
});
