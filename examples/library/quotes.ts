// The optimal quotes at a time and inventory, from code.
import { InventoryHjb } from 'mm-batch';

const model = new InventoryHjb({ sigma: 2, A: 140, k: 1.5, gamma: 0.1, delta_min: null, delta_max: null });
console.log('distances at t = 0, q = 2:', model.getOptimalSpreads(0, 2));
console.log('prices at S = 100:', model.getQuotes(0, 2, 100));
