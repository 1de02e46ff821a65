// The spread widens with the distance of the midprice from where it started: total spread base · (1 + |S − S0|/S0).
import type { PolicyFactory } from 'mm-batch';

export const policy: PolicyFactory = {
  create({ params, simulator }) {
    const base = Number(params['base_spread'] ?? 0.02);
    const { S0 } = simulator;
    return (_t, _q, S) => {
      const half = (base / 2) * (1 + Math.abs(S - S0) / S0);
      return [S - half, S + half];
    };
  },
};
