import { allocateFills, type FillReader, type Fills } from './fill-reader.ts';
import { NODES } from './radau.ts';

/** The fills at the stages of a step, read once where quotes do not depend on time. */
export class StageFills {
  readonly stages: readonly Fills[];
  readonly #reader: FillReader;
  #isRead = false;

  constructor(reader: FillReader) {
    this.#reader = reader;
    this.stages = NODES.map(() => allocateFills(reader.lattice.width));
  }

  /** Loads the step from t to t + h. */
  load(t: number, h: number): void {
    if (this.#isRead && !this.#reader.timeDependent) return;
    this.stages.forEach((fills, i) => {
      this.#reader.read(t + NODES[i]! * h, fills);
    });
    this.#isRead = true;
  }
}
