import type { HjbGrid } from '../solve/hjb-grid.ts';
import { quotesFromTheta } from '../solve/quotes.ts';
import { csvNumber } from './csv.ts';

/** The quote grid as CSV, one chunk a time node: `t,q,theta,delta_bid,delta_ask`; a distance is empty where there is no quote. */
export function* quotesCsvRows({ model, times, inventories, theta }: HjbGrid): Generator<string> {
  const width = inventories.length;
  const bid = new Float64Array(width);
  const ask = new Float64Array(width);
  const distance = (delta: number): string => (Number.isFinite(delta) ? csvNumber(delta) : '');
  yield 't,q,theta,delta_bid,delta_ask\n';
  for (let i = 0; i < times.length; i++) {
    const row = theta.subarray(i * width, (i + 1) * width);
    quotesFromTheta(model, row, bid, ask);
    let chunk = '';
    for (let j = 0; j < width; j++) {
      chunk += `${csvNumber(times[i]!)},${csvNumber(inventories[j]!)},${csvNumber(row[j]!)},`;
      chunk += `${distance(bid[j]!)},${distance(ask[j]!)}\n`;
    }
    yield chunk;
  }
}
