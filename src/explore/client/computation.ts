import { element } from '../../report/html/client/page.ts';
import { type ExploreRequest, type ExploreResult, type ExploreStrategy, STRATEGIES } from '../messages.ts';
import type { ExploreParameters } from '../parameters.ts';

/** Runs the latest request only: a new one ends the workers of the one before, which cannot be asked to stop. */
export class Computation {
  readonly #script: string;
  readonly #tell: (strategy: ExploreStrategy, result: ExploreResult) => void;
  #workers: Worker[] = [];

  constructor(tell: (strategy: ExploreStrategy, result: ExploreResult) => void) {
    const text = element('worker').textContent ?? '';
    this.#script = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    this.#tell = tell;
  }

  start(parameters: ExploreParameters): void {
    this.stop();
    this.#workers = STRATEGIES.map((strategy) => {
      const worker = new Worker(this.#script);
      worker.onmessage = ({ data }: MessageEvent<ExploreResult>) => this.#tell(strategy, data);
      worker.onerror = ({ message }) =>
        this.#tell(strategy, { kind: 'failed', message: message || 'the worker did not start' });
      worker.postMessage({ parameters, strategy } satisfies ExploreRequest);
      return worker;
    });
  }

  stop(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
  }
}
