-- The results of a run in DuckDB. In the run's folder, made with --export-paths:
--   duckdb -csv < analysis.sql

-- Who leads each scenario, and how sure that is.
SELECT scenario, strategy, mean, mean_ci_low, mean_ci_high, cvar95,
       rank() OVER (PARTITION BY scenario ORDER BY mean DESC) AS place
FROM read_csv('summary.csv')
ORDER BY scenario, place;

-- Differences of mean PnL on the same random numbers that are not for chance to explain.
SELECT scenario, strategy, baseline, mean_difference, ci_low, ci_high
FROM read_csv('comparisons.csv')
WHERE verdict <> 'inconclusive'
ORDER BY scenario, abs(mean_difference) DESC;

-- The figures of summary.csv from single paths: quantile_cont interpolates as p05 does. CVaR at 95 % is the mean loss of
-- the worst 5 % of paths, the path at the edge weighted by the fraction of it that belongs to them.
WITH ordered AS (
  SELECT scenario, strategy, pnl,
         row_number() OVER one AS i,
         0.05 * count(*) OVER (PARTITION BY scenario, strategy) AS worst
  FROM read_csv('paths.csv')
  WINDOW one AS (PARTITION BY scenario, strategy ORDER BY pnl)
)
SELECT scenario, strategy, avg(pnl) AS mean, stddev_samp(pnl) AS std, quantile_cont(pnl, 0.05) AS p05,
       -sum(pnl * greatest(0, least(1, worst - i + 1))) / any_value(worst) AS cvar95
FROM ordered
GROUP BY scenario, strategy
ORDER BY scenario, strategy;
