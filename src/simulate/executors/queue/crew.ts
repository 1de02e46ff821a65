import { version } from '../../../util/version.ts';
import type { PresentWorker } from './presence.ts';

/** Milliseconds without a worker after which the user is told. */
const PATIENCE = 10_000;

/** The workers of a run as its coordinator sees them, and what the user is told of them. */
export class Crew {
  readonly #note: (line: string) => void;
  readonly #address: string;
  readonly #refusing = new Set<string>();
  readonly #foreign = new Set<string>();
  #working: readonly PresentWorker[] = [];
  #hadWorkers = false;
  #aloneSince: number | undefined = performance.now();

  /** @param address of the server, for the command that starts a worker */
  constructor(address: string, note: (line: string) => void) {
    this.#address = address;
    this.#note = note;
  }

  /** Blocks that the workers hold at a time. */
  get concurrency(): number {
    return this.#working.reduce((sum, { concurrency }) => sum + concurrency, 0);
  }

  get count(): number {
    return this.#working.length;
  }

  /** @param isWaited whether there is something for them to do */
  see(workers: readonly PresentWorker[], isWaited: boolean): void {
    for (const worker of workers) {
      if (worker.version === version || this.#foreign.has(worker.id)) continue;
      this.#foreign.add(worker.id);
      this.#note(
        `worker ${nameOf(worker)} is of mm-batch ${worker.version} and takes no block of this run, which is of ${version} ` +
          '(install the same version on both)',
      );
    }
    this.#working = workers.filter(({ version: its, id }) => its === version && !this.#refusing.has(id));
    const now = performance.now();
    if (this.#working.length > 0 || !isWaited) {
      this.#hadWorkers ||= this.#working.length > 0;
      this.#aloneSince = now;
    } else if (this.#aloneSince !== undefined && now - this.#aloneSince > PATIENCE) {
      this.#note(
        `${this.#hadWorkers ? 'no worker is left' : 'no worker has taken a block yet'}: start one with: ` +
          `mm-batch worker --redis ${this.#address}`,
      );
      // Told once, until one has been there.
      this.#aloneSince = undefined;
    }
  }

  /** A worker has said that it takes no block of this run. */
  refuse(worker: string, reason: string): void {
    const known = this.#working.find(({ id }) => id === worker);
    if (this.#refusing.has(worker)) return;
    this.#refusing.add(worker);
    this.#working = this.#working.filter(({ id }) => id !== worker);
    this.#note(`worker ${known === undefined ? worker : nameOf(known)} takes no block of this run: ${reason}`);
  }
}

/** host:pid. */
export function nameOf({ host, pid }: Pick<PresentWorker, 'host' | 'pid'>): string {
  return `${host}:${pid}`;
}
