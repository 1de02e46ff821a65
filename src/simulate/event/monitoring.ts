/** Equal intervals of [0, T], no longer than `dt`, at whose ends PnL is formed; 1 where it is not monitored. */
export function monitoringIntervals(T: number, dt: number | null): number {
  return dt === null ? 1 : Math.max(1, Math.ceil((T / dt) * (1 - 1e-9)));
}
