/* Threefry-4x32-13 as in src/simulate/random/threefry.ts, several counters side by side in vector registers. */
#ifndef THREEFRY_H
#define THREEFRY_H
#include <stdint.h>

static inline uint32_t rotated(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

#define MIX(a, b, by)     \
  a += b;                 \
  b = rotated(b, by) ^ a;
#define TWO_ROUNDS(p, q, r, s) MIX(x0, x1, p) MIX(x2, x3, q) MIX(x0, x3, r) MIX(x2, x1, s)
#define INJECT(a, b, c, d) x0 += a, x1 += b, x2 += c, x3 += d;

/* Words of counters (first + b, c1, 0, c3), b = 0 … blocks − 1. */
static void fill_words(const uint32_t key[4], uint32_t first, uint32_t c1, uint32_t c2, uint32_t c3,
                       uint32_t *restrict out, int blocks) {
  const uint32_t k0 = key[0], k1 = key[1], k2 = key[2], k3 = key[3];
  const uint32_t k4 = 0x1bd11bda ^ k0 ^ k1 ^ k2 ^ k3;
  for (int b = 0; b < blocks; b++) {
    uint32_t x0 = first + (uint32_t)b + k0, x1 = c1 + k1, x2 = c2 + k2, x3 = c3 + k3;
    TWO_ROUNDS(10, 26, 11, 21)
    TWO_ROUNDS(13, 27, 23, 5)
    INJECT(k1, k2, k3, k4 + 1)
    TWO_ROUNDS(6, 20, 17, 11)
    TWO_ROUNDS(25, 10, 18, 20)
    INJECT(k2, k3, k4, k0 + 2)
    TWO_ROUNDS(10, 26, 11, 21)
    TWO_ROUNDS(13, 27, 23, 5)
    INJECT(k3, k4, k0, k1 + 3)
    MIX(x0, x1, 6)
    MIX(x2, x3, 20)
    out[4 * b] = x0;
    out[4 * b + 1] = x1;
    out[4 * b + 2] = x2;
    out[4 * b + 3] = x3;
  }
}
#endif
