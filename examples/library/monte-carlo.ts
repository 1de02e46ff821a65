// One simulation, and a Monte Carlo loop over seeds. For many paths, runBatch spreads them over the cores.
import { createDefaultModel, createDefaultSimulator, runBatch } from 'mm-batch';

const model = createDefaultModel();
const one = createDefaultSimulator({ seed: 42 }).runSimulation((t, q, S) => model.getQuotes(t, q, S));
console.log(`PnL ${one.finalPnl.toFixed(4)} in ${one.nTrades} trades`);

const pnls: number[] = [];
for (let seed = 0; seed < 1000; seed++) {
  pnls.push(createDefaultSimulator({ seed }).runSimulation((t, q, S) => model.getQuotes(t, q, S)).finalPnl);
}
const mean = pnls.reduce((sum, pnl) => sum + pnl, 0) / pnls.length;
const std = Math.sqrt(pnls.reduce((sum, pnl) => sum + (pnl - mean) ** 2, 0) / (pnls.length - 1));
console.log(`mean ${mean.toFixed(4)} ± ${(std / Math.sqrt(pnls.length)).toFixed(4)}, std ${std.toFixed(4)}`);

const { scenarios } = await runBatch({ paths: 10_000, strategies: ['hjb', 'constant'] });
for (const row of scenarios[0]?.strategies ?? []) {
  if (row.state === 'done') console.log(row.strategy, row.summary.mean, '±', row.summary.mean_se);
}
