/**
 * Random numbers drawn one by one along a path. A stream is a function of (key, path, role) alone, so that strategies
 * which draw the same numbers from it meet the same market. One stream serves one law.
 */
import { wordsToExponentials } from './exponential.ts';
import { type RejectionStream, unit } from './rejection.ts';
import { fillWords, type Key } from './threefry.ts';
import { wordsToNormals } from './ziggurat.ts';

/** Words made together: 8 cipher blocks. */
const BATCH = 32;

/** Gives one number after the other. */
export interface NumberStream {
  /** Goes to the start of a path; `reversed` gives the path's antithetic twin. */
  start(path: number, reversed: boolean): void;
  next(): number;
}

abstract class BatchedStream implements NumberStream {
  protected readonly key: Key;
  protected readonly words = new Int32Array(BATCH);
  protected readonly numbers = new Float64Array(BATCH);
  #path = 0;
  protected reversed = false;
  readonly #role: number;
  #position = 0;
  #used = BATCH;

  constructor(key: Key, role: number) {
    this.key = key;
    this.#role = role;
  }

  start(path: number, reversed: boolean): void {
    this.#path = path;
    this.reversed = reversed;
    this.#position = 0;
    this.#used = BATCH;
  }

  next(): number {
    if (this.#used === BATCH) {
      fillWords(this.key, this.#position >>> 2, this.#path, 0, this.#role, this.words, BATCH / 4);
      this.convert(this.#position);
      this.#position += BATCH;
      this.#used = 0;
    }
    return this.numbers[this.#used++]!;
  }

  /** Turns `words`, which begin at `position` of the stream, into `numbers`. */
  protected abstract convert(position: number): void;
}

/** Uniforms on (0, 1), multiples of 2^−32 plus 2^−33; reversed: 1 − u. */
export class UniformStream extends BatchedStream {
  protected override convert(): void {
    const flip = this.reversed ? -1 : 0;
    for (let i = 0; i < BATCH; i++) this.numbers[i] = unit(this.words[i]! ^ flip);
  }
}

/** Numbers of a law whose ziggurat rejects some words. */
abstract class ZigguratStream extends BatchedStream {
  protected readonly rejection: RejectionStream;

  constructor(key: Key, role: number, rejectedRole: number) {
    super(key, role);
    this.rejection = { key, path: 0, role: rejectedRole };
  }

  override start(path: number, reversed: boolean): void {
    super.start(path, reversed);
    this.rejection.path = path;
  }
}

/** Standard normals; reversed: −z. */
export class NormalStream extends ZigguratStream {
  protected override convert(position: number): void {
    wordsToNormals(this.words, BATCH, position, this.rejection, this.numbers);
    if (this.reversed) for (let i = 0; i < BATCH; i++) this.numbers[i] = -this.numbers[i]!;
  }
}

/** Standard exponentials; a reversed path has the same ones. */
export class ExponentialStream extends ZigguratStream {
  protected override convert(position: number): void {
    wordsToExponentials(this.words, BATCH, position, this.rejection, this.numbers);
  }
}
