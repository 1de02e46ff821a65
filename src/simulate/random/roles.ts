/**
 * What a stream of random words is for; word c3 of the counter. A stream is a function of (seed, path, role) alone, so
 * strategies meet the same market, and no random bit serves two purposes. Numbers are never reused or renumbered:
 * results of a seed hang on them.
 */
export const Role = {
  /** Normal increments of the midprice. */
  price: 0,
  /** Fresh words for normals that the ziggurat's fast path rejects; the counter's word c2 counts the attempts. */
  priceRejected: 1,
  /** Fills of the stepped scheme, one word a step. */
  fills: 2,
  /** Hazards between the event scheme's fills, one word a fill. */
  arrivalWait: 3,
  /** Fresh words for hazards that the ziggurat's fast path rejects. */
  arrivalWaitRejected: 4,
  /** The side of the event scheme's fills, one word a fill. */
  arrivalMark: 5,
} as const;
