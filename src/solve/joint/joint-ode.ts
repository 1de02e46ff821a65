import { InventoryOde } from '../inventory-ode.ts';
import type { LotModel } from '../lot-model.ts';
import type { JointLots } from './joint-lots.ts';
import { createWalk, type LatticeWalk } from './lattice-walk.ts';

/**
 * The right-hand side of the HJB equation of two assets (Guéant 2017, multi-asset case) on the lattice n1 = −N1 … N1,
 * n2 = −N2 … N2, state s = i1 m2 + i2 with i = n + N, m = 2N + 1, in time to go τ:
 *     θ_τ = Σ_i z_i [μ_i n_i − κ_i n_i² + h_i(D_i⁺) + h_i(D_i⁻)] − γ ρ σ1 σ2 q1 q2,  D_i = (difference of θ over a lot)/z_i,
 * with h, κ and the treatment of fee and impact of each `LotModel`. It is split into the rate of the middle state, which
 * grows far beyond the rest, and the others' rates beside it, which decide the quotes. By the envelope theorem the Jacobian is the
 * generator of a random walk on the lattice with the rates h_i′(D).
 */
export class JointOde {
  readonly lots: JointLots;
  readonly rows: number;
  readonly columns: number;
  readonly states: number;
  readonly middle: number;
  /** The Jacobian at the latest `evaluate`. */
  readonly jacobian: LatticeWalk;
  private readonly cost: Float64Array;
  private readonly firstOde: InventoryOde;
  private readonly secondOde: InventoryOde;

  constructor(lots: JointLots) {
    const { first, second, coupling } = lots;
    this.lots = lots;
    this.rows = 2 * first.lots + 1;
    this.columns = 2 * second.lots + 1;
    this.states = this.rows * this.columns;
    this.middle = (this.states - 1) / 2;
    this.jacobian = createWalk(this.rows, this.columns);
    this.firstOde = new InventoryOde(first);
    this.secondOde = new InventoryOde(second);
    this.cost = new Float64Array(this.states);
    for (let s = 0, n1 = -first.lots; n1 <= first.lots; n1++) {
      for (let n2 = -second.lots; n2 <= second.lots; n2++, s++) {
        const own = stateRate(first, n1) + stateRate(second, n2);
        this.cost[s] = own - coupling * (n1 * first.size) * (n2 * second.size);
      }
    }
  }

  /** Writes θ_τ(s) − θ_τ(middle) into `rates`, leaves h′ in `jacobian`, and returns θ_τ(middle). */
  evaluate(theta: Float64Array, rates: Float64Array): number {
    const { rows, columns, states, jacobian, firstOde, secondOde } = this;
    const { up1, down1, up2, down2 } = jacobian;
    const z1 = this.lots.first.size;
    const z2 = this.lots.second.size;
    for (let s = 0; s < states; s++) rates[s] = this.cost[s]!;
    for (let s = 0, t = columns; t < states; s++, t++) {
      const D = (theta[t]! - theta[s]!) / z1;
      rates[s]! += z1 * firstOde.hamiltonian(D, up1, s);
      rates[t]! += z1 * firstOde.hamiltonian(-D, down1, t);
    }
    for (let row = 0; row < rows; row++) {
      for (let s = row * columns, end = s + columns - 1; s < end; s++) {
        const D = (theta[s + 1]! - theta[s]!) / z2;
        rates[s]! += z2 * secondOde.hamiltonian(D, up2, s);
        rates[s + 1]! += z2 * secondOde.hamiltonian(-D, down2, s + 1);
      }
    }
    const level = rates[this.middle]!;
    for (let s = 0; s < states; s++) rates[s]! -= level;
    return level;
  }
}

function stateRate({ size, mu, kappa }: LotModel, n: number): number {
  return size * (mu * n - kappa * n * n);
}
