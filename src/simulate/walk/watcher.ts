/** What watches over paths that are walked together. */
export interface Watcher {
  /** An inventory has changed. */
  traded(): void;
  /** PnL is looked at. */
  monitor(): void;
}
