import { describe, expect, it } from 'vitest';
import { fillWords, type Key } from '../../src/simulate/random/threefry.ts';

const hex = (words: Int32Array): string => Array.from(words, (w) => (w >>> 0).toString(16).padStart(8, '0')).join(' ');

function block(counter: readonly [number, number, number, number], key: Key): string {
  const out = new Int32Array(4);
  fillWords(key, counter[0], counter[1], counter[2], counter[3], out, 1);
  return hex(out);
}

// Random123's kat_vectors, "threefry4x32 13": counter, key, expected.
describe('Threefry4x32-13 known answers', () => {
  it.each([
    [[0, 0, 0, 0], [0, 0, 0, 0], '531c7e4f 39491ee5 2c855a92 3d6abf9a'],
    [[-1, -1, -1, -1], [-1, -1, -1, -1], 'c4189358 1c9cc83a d5881c67 6a0a89e0'],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89],
      '4aa71d8f 734738c2 431fc6a8 ae6debf1',
    ],
  ] as const)('counter %j, key %j', (counter, key, expected) => {
    expect(block(counter, key)).toBe(expected);
  });
});

it('gives any part of a stream on its own', () => {
  const key: Key = [1, -2, 3, -4];
  const whole = new Int32Array(4 * 64);
  fillWords(key, 0, 7, 0, 2, whole, 64);
  const part = new Int32Array(4 * 10);
  fillWords(key, 31, 7, 0, 2, part, 10);
  expect([...part]).toEqual([...whole.subarray(4 * 31, 4 * 41)]);
});

it('separates paths, attempts and roles', () => {
  const words = new Set<string>();
  for (const path of [0, 1, 2 ** 31]) {
    for (const attempt of [0, 1])
      for (const role of [0, 1, 2, 3]) words.add(block([0, path, attempt, role], [5, 6, 7, 8]));
  }
  expect(words.size).toBe(24);
});
