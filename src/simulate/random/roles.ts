/**
 * What a stream of random words is for; word c3 of the counter. A stream is a function of (seed, path, role) alone, so
 * strategies meet the same market, and no random bit serves two purposes. Numbers are never reused or renumbered:
 * results of a seed hang on them; 2 and 5 are retired.
 */
export const Role = {
  /** Normal increments of the midprice. */
  price: 0,
  /** Fresh words for normals that the ziggurat's fast path rejects; the counter's word c2 counts the attempts. */
  priceRejected: 1,
  /** Hazards between the event scheme's fills, one word a fill. */
  arrivalWait: 3,
  /** Fresh words for hazards that the ziggurat's fast path rejects. */
  arrivalWaitRejected: 4,
  /** Fills of the stepped scheme, one byte a step; 24 further bits where the byte does not decide. */
  fillBytes: 6,
  fillBytesTied: 7,
  /** The side of the event scheme's fills, one byte a fill; 22 further bits where the byte does not decide. */
  arrivalSide: 8,
  arrivalSideTied: 9,
  /** Waits between the market orders of a path-wise walk, one word an order. */
  orderWait: 16,
  orderWaitRejected: 17,
  /** Side and mark of a walk's market orders, one word an order; of its steps with `fill: linear`, two words a step. */
  orderMark: 18,
  /** Whether a candidate of a market order process with a changing rate is kept. */
  orderThinning: 19,
  /** The second factor of a midprice with a latent state (a variance), normals. */
  latent: 20,
  latentRejected: 21,
  /** Uniforms of the latent factor's law where it is not normal. */
  latentMark: 22,
  /** How many jumps an increment of the midprice holds, and their sizes. */
  jumpCount: 23,
  jumpSize: 24,
  jumpSizeRejected: 25,
  /** A policy's own uniforms and normals. */
  policyUniform: 26,
  policyNormal: 27,
  policyNormalRejected: 28,
} as const;
