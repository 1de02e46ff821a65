"""The stepped scheme vectorised over paths, in the manner of mbt_gym: arrays over all paths, a Python loop over steps.

With linear fills as mbt_gym does it: one uniform a side for the arrival of a market order (probability A dt), one for its
fill (e^(-k distance)). With poisson fills one uniform a side suffices. No drawdown is kept. Arrays are reused between steps.
Usage: numpy_paths.py CELL A K FILL PATHS STEPS, with CELL as bench/peers/reference.js writes it and FILL poisson or linear.
Prints {"ns", "mean", "std"} for the first STEPS steps of PATHS paths.
"""

import json
import sys
import time

import numpy as np


def read_quotes(name):
    """Bid and ask distances, rows x inventories; infinite where the inventory bound allows no quote."""
    with open(name, "rb") as file:
        file.seek(16)
        _, reach, rows, _ = np.fromfile(file, np.int32, 4)
        dt, sigma, _, _ = np.fromfile(file, np.float64, 4)
        gains = np.fromfile(file, np.float64, 2 * rows * (2 * reach + 1)).reshape(2 * reach + 1, rows, 2)
    bid, ask = gains[:, :, 0].T.copy(), gains[:, :, 1].T.copy()
    bid[:, -1] = np.inf
    ask[:, 0] = np.inf
    return bid, ask, int(reach), float(dt), float(sigma)


def simulate(bid_grid, ask_grid, reach, dt, sigma, rate, decay, poisson, paths, steps):
    """Returns the mark-to-market PnL of each path."""
    rng = np.random.Generator(np.random.PCG64(42))
    cash = np.zeros(paths)
    price = np.full(paths, 100.0)
    place = np.full(paths, reach, np.int64)  # inventory + reach
    uniform, shock = np.empty(paths), np.empty(paths)
    rows = len(bid_grid)
    scale = sigma * np.sqrt(dt)

    def fills(distance):
        probability = distance * -decay
        np.exp(probability, out=probability)
        if not poisson:
            rng.random(out=uniform)
            arrivals = uniform < rate * dt
            rng.random(out=uniform)
            return arrivals & (uniform < probability)
        probability *= rate * dt
        np.negative(probability, out=probability)
        np.exp(probability, out=probability)
        np.subtract(1.0, probability, out=probability)
        rng.random(out=uniform)
        return uniform < probability

    for step in range(steps):
        row = min(step, rows - 1)
        bid = bid_grid[row].take(place)
        ask = ask_grid[row].take(place)
        bid_fills = fills(bid)
        ask_fills = fills(ask)
        cash -= np.where(bid_fills, price - bid, 0.0)
        cash += np.where(ask_fills, price + ask, 0.0)
        place += bid_fills
        place -= ask_fills
        rng.standard_normal(out=shock)
        np.multiply(shock, scale, out=shock)
        price += shock
    return cash + (place - reach) * price


def main():
    name, rate, decay, fill, paths, steps = sys.argv[1:]
    grids = read_quotes(name)
    begun = time.process_time_ns()
    pnl = simulate(*grids, float(rate), float(decay), fill == "poisson", int(paths), int(steps))
    ns = time.process_time_ns() - begun
    print(json.dumps({"ns": ns, "mean": pnl.mean(), "std": pnl.std(ddof=1)}))


if __name__ == "__main__":
    main()
