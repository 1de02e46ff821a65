// @ts-check
/**
 * The stepped scheme as one would write it first: Math.random, Math.exp and Box-Muller in the loop, quotes looked up in
 * a grid of objects, an object a path.
 */

/** @typedef {{ bid: number, ask: number }} Quotes */
/** @typedef {{ sigma: number, A: number, k: number, T: number, Q_max: number, dt: number, S0: number }} Market */

function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** @param {Market} market @param {Quotes[][]} grid quotes by time step (or one row for all) and inventory + Q_max */
export function simulatePath({ sigma, A, k, T, Q_max, dt, S0 }, grid) {
  const steps = Math.round(T / dt);
  let S = S0;
  let cash = 0;
  let inventory = 0;
  let fills = 0;
  let peak = 0;
  let maxDrawdown = 0;
  let integralQ2 = 0;
  let maxAbsInventory = 0;
  for (let step = 0; step < steps; step++) {
    const { bid, ask } = grid[Math.min(step, grid.length - 1)][inventory + Q_max];
    const bidProbability = 1 - Math.exp(-A * Math.exp(-k * bid) * dt);
    const askProbability = 1 - Math.exp(-A * Math.exp(-k * ask) * dt);
    const bidFills = inventory < Q_max && Math.random() < bidProbability;
    const askFills = inventory > -Q_max && Math.random() < askProbability;
    if (bidFills) {
      cash -= S - bid;
      inventory += 1;
      fills += 1;
    }
    if (askFills) {
      cash += S + ask;
      inventory -= 1;
      fills += 1;
    }
    S += sigma * Math.sqrt(dt) * normal();
    const wealth = cash + inventory * S;
    peak = Math.max(peak, wealth);
    maxDrawdown = Math.max(maxDrawdown, peak - wealth);
    integralQ2 += inventory * inventory * dt;
    maxAbsInventory = Math.max(maxAbsInventory, Math.abs(inventory));
  }
  return { pnl: cash + inventory * S, fills, inventory, maxDrawdown, integralQ2, maxAbsInventory };
}
