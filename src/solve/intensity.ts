import { exp } from '../util/elementary.ts';

/** λ(δ) = A e^(−kδ); 0 where there is no quote (δ = +∞), and in a market without orders, however near the quote. */
export function intensity({ A, k }: { readonly A: number; readonly k: number }, delta: number): number {
  return A === 0 ? 0 : A * exp(-k * delta);
}
