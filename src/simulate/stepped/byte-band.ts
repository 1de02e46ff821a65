/** 2^24: words that begin with the same byte. */
const WORDS_OF_BYTE = 16777216;

/**
 * What the first byte of a step's fill word decides, packed as close << 18 | span << 9 | first. Bytes are counted from 0,
 * that of the lowest signed words. Of a byte's distance `off` = byte − first,
 *   0 <= off < span: nothing fills;   off < −close: the bid fills alone;   off > span: the ask fills alone;
 * any other byte does not decide: its words lie on both sides of a threshold, or both sides may fill.
 * @param bidBelow the bid fills where the signed word is below
 * @param bothFrom and the ask as well where it is not below this (which is at most bidBelow)
 * @param askAbove the ask alone fills where the word is above (at least bidBelow − 1)
 */
export function byteBand(bidBelow: number, bothFrom: number, askAbove: number): number {
  const first = Math.ceil(byteOf(bidBelow));
  const end = Math.max(first, Math.floor(byteOf(askAbove + 1)));
  const close = first - Math.floor(byteOf(bothFrom));
  return (close << 18) | ((end - first) << 9) | first;
}

function byteOf(signedWord: number): number {
  return (signedWord + 2147483648) / WORDS_OF_BYTE;
}
