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
  /** Waiting times between the event scheme's market orders, one word an order. */
  arrivalWait: 3,
  /** Fresh words for waiting times that the ziggurat's fast path rejects. */
  arrivalWaitRejected: 4,
  /** Side (sign bit) and reach (31 bits) of the event scheme's market orders, one word an order. */
  arrivalMark: 5,
  /** Orders that reach only quotes through the mid: waiting time (word 0) and mark (word 1), one block an order. */
  throughMid: 6,
} as const;
