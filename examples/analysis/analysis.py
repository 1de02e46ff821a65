"""The results of a run in pandas. In the run's folder, made with --export-paths: python analysis.py"""

import numpy as np
import pandas as pd

summary = pd.read_csv("summary.csv")
comparisons = pd.read_csv("comparisons.csv")
paths = pd.read_csv("paths.csv")

# Who leads each scenario, and how sure that is.
leaders = summary.sort_values(["scenario", "mean"], ascending=[True, False])
print(leaders[["scenario", "strategy", "mean", "mean_ci_low", "mean_ci_high", "cvar95"]].to_string(index=False))

# Differences of mean PnL on the same random numbers that are not for chance to explain.
clear = comparisons[comparisons["verdict"] != "inconclusive"]
print(clear[["scenario", "strategy", "baseline", "mean_difference", "ci_low", "ci_high"]].to_string(index=False))


def cvar95(pnl: pd.Series) -> float:
    """Mean loss of the worst 5 % of paths, the one at the edge weighted by the fraction of it that belongs to them."""
    worst = 0.05 * len(pnl)
    weights = np.clip(worst - np.arange(len(pnl)), 0, 1)
    return float(-(np.sort(pnl) * weights).sum() / worst)


# The figures of summary.csv from single paths.
figures = paths.groupby(["scenario", "strategy"])["pnl"].agg(
    mean="mean", std="std", p05=lambda pnl: pnl.quantile(0.05), cvar95=cvar95
)
print(figures.to_csv(), end="")

# Paired differences path by path: both strategies met the same market.
pnl = paths.pivot(index=["scenario", "path"], columns="strategy", values="pnl")
print(pnl.corr().to_string())
