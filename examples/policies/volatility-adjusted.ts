// The spread follows the volatility of the midprice over the latest `window` of time, measured along the path.
import type { PolicyFactory } from 'mm-batch';

export const policy: PolicyFactory = {
  create({ params, simulator }) {
    const base = Number(params['base_spread'] ?? 0.02);
    const window = Number(params['window'] ?? 0.1);
    const times: number[] = [];
    const prices: number[] = [];
    return (t, _q, S) => {
      times.push(t);
      prices.push(S);
      while (times.length > 2 && times[0]! < t - window) {
        times.shift();
        prices.shift();
      }
      // Realised volatility, price units per √time: the root of the squared changes over the time they took.
      let squares = 0;
      for (let i = 1; i < prices.length; i++) squares += (prices[i]! - prices[i - 1]!) ** 2;
      const elapsed = t - times[0]!;
      const volatility = elapsed > 0 ? Math.sqrt(squares / elapsed) : simulator.sigma;
      const half = (base / 2) * (simulator.sigma > 0 ? volatility / simulator.sigma : 1);
      return [S - half, S + half];
    };
  },
};
