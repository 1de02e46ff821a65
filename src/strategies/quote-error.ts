/** A strategy quoted something that is not a price. */
export class QuoteError extends Error {
  override readonly name = 'QuoteError';
}
