/**
 * Threefry-4x32 with 13 rounds (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11).
 * A counter-based generator: word 4b + j of a stream is word j of the block cipher's output for counter b, so that any
 * part of any stream can be had at once, in any order, on any thread. 12 rounds are the fewest that passed BigCrush in
 * that paper; 13 is the smallest number above it for which Random123 publishes known answers.
 */

/** Four 32-bit words. */
export type Key = readonly [number, number, number, number];

/** Skein's key-schedule parity constant, 32-bit form. */
const PARITY = 0x1bd11bda;

/**
 * Writes the words of counters (firstBlock + b, c1, c2, c3), b = 0 … blocks − 1, to out[0 … 4·blocks − 1].
 * Words are signed 32-bit integers. Nothing is allocated.
 */
export function fillWords(
  key: Key,
  firstBlock: number,
  c1: number,
  c2: number,
  c3: number,
  out: Int32Array,
  blocks: number,
): void {
  const k0 = key[0] | 0;
  const k1 = key[1] | 0;
  const k2 = key[2] | 0;
  const k3 = key[3] | 0;
  const k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
  const y1 = (c1 + k1) | 0;
  const y2 = (c2 + k2) | 0;
  const y3 = (c3 + k3) | 0;
  // Key injections after rounds 4, 8 and 12: words (s, s+1, s+2, s+3) of the extended key, the last one plus s.
  const k41 = (k4 + 1) | 0;
  const k02 = (k0 + 2) | 0;
  const k13 = (k1 + 3) | 0;
  for (let b = 0; b < blocks; b++) {
    let x0 = (firstBlock + b + k0) | 0;
    let x1 = y1;
    let x2 = y2;
    let x3 = y3;
    // Rounds 1–4: rotations (10, 26), (11, 21), (13, 27), (23, 5); odd rounds mix (0,1)(2,3), even ones (0,3)(2,1).
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
    x0 = (x0 + k1) | 0;
    x1 = (x1 + k2) | 0;
    x2 = (x2 + k3) | 0;
    x3 = (x3 + k41) | 0;
    // Rounds 5–8: rotations (6, 20), (17, 11), (25, 10), (18, 20).
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 17) | (x3 >>> 15)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 11) | (x1 >>> 21)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 25) | (x1 >>> 7)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 10) | (x3 >>> 22)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 18) | (x3 >>> 14)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 20) | (x1 >>> 12)) ^ x2;
    x0 = (x0 + k2) | 0;
    x1 = (x1 + k3) | 0;
    x2 = (x2 + k4) | 0;
    x3 = (x3 + k02) | 0;
    // Rounds 9–12: as 1–4.
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
    x0 = (x0 + k3) | 0;
    x1 = (x1 + k4) | 0;
    x2 = (x2 + k0) | 0;
    x3 = (x3 + k13) | 0;
    // Round 13: as 5.
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2;
    const at = 4 * b;
    out[at] = x0;
    out[at + 1] = x1;
    out[at + 2] = x2;
    out[at + 3] = x3;
  }
}
