# The results of a run in R, without packages. In the run's folder, made with --export-paths: Rscript analysis.R

summary <- read.csv("summary.csv")
comparisons <- read.csv("comparisons.csv")
paths <- read.csv("paths.csv")

# Who leads each scenario, and how sure that is.
leaders <- summary[order(summary$scenario, -summary$mean), ]
print(leaders[c("scenario", "strategy", "mean", "mean_ci_low", "mean_ci_high", "cvar95")], row.names = FALSE)

# Differences of mean PnL on the same random numbers that are not for chance to explain.
clear <- comparisons[comparisons$verdict != "inconclusive", ]
print(clear[c("scenario", "strategy", "baseline", "mean_difference", "ci_low", "ci_high")], row.names = FALSE)

# Mean loss of the worst 5 % of paths, the one at the edge weighted by the fraction of it that belongs to them.
cvar95 <- function(pnl) {
  worst <- 0.05 * length(pnl)
  weights <- pmax(0, pmin(1, worst - seq_along(pnl) + 1))
  -sum(sort(pnl) * weights) / worst
}

# The figures of summary.csv from single paths; quantile's type 7 is that of p05.
figures <- do.call(rbind, lapply(split(paths, list(paths$scenario, paths$strategy), drop = TRUE), function(cell) {
  data.frame(
    scenario = cell$scenario[1],
    strategy = cell$strategy[1],
    mean = mean(cell$pnl),
    std = sd(cell$pnl),
    p05 = unname(quantile(cell$pnl, 0.05, type = 7)),
    cvar95 = cvar95(cell$pnl)
  )
}))
write.csv(figures, row.names = FALSE, quote = FALSE)
