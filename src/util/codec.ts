/**
 * Values of known types as bytes. A codec writes and reads one type; what it reads equals what it wrote to the last bit, NaN and
 * −0 among it, on any machine. Not self-describing: who reads must know what was written.
 */
export interface Codec<T> {
  write(writer: ByteWriter, value: T): void;
  /** @throws RangeError where the bytes end before the value does */
  read(reader: ByteReader): T;
}

/** Bytes that grow as they are written; little-endian. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(1024);
  #used = 0;

  double(value: number): void {
    this.#reserve(8);
    this.#used = this.#bytes.writeDoubleLE(value, this.#used);
  }

  /** A whole number from 0 to 2⁵³ − 1, seven bits a byte (LEB128). */
  count(value: number): void {
    this.#reserve(8);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.#used++] = (rest % 0x80) | 0x80;
    this.#bytes[this.#used++] = rest;
  }

  /** Bytes, with their number before them. */
  block(value: Uint8Array): void {
    this.count(value.byteLength);
    this.#reserve(value.byteLength);
    this.#bytes.set(value, this.#used);
    this.#used += value.byteLength;
  }

  /** What has been written; valid until the next write. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#bytes.byteLength) return;
    const grown = Buffer.allocUnsafe(Math.max(2 * this.#bytes.byteLength, this.#used + more));
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#bytes = grown;
  }
}

export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#advance(8));
  }

  count(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 0x80) {
      const byte = this.#bytes[this.#advance(1)]!;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
  }

  /** Views what is read, without a copy. */
  block(): Buffer {
    const length = this.count();
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** @throws RangeError where bytes are left */
  end(): void {
    const left = this.#bytes.byteLength - this.#at;
    if (left > 0) throw new RangeError(`expected the end of the bytes, got ${left} more`);
  }

  #advance(bytes: number): number {
    const start = this.#at;
    if (start + bytes > this.#bytes.byteLength) {
      throw new RangeError(`expected ${bytes} bytes at ${start}, got ${this.#bytes.byteLength - start}`);
    }
    this.#at += bytes;
    return start;
  }
}

export const double: Codec<number> = { write: (to, value) => to.double(value), read: (from) => from.double() };
export const count: Codec<number> = { write: (to, value) => to.count(value), read: (from) => from.count() };
export const bytes: Codec<Uint8Array> = { write: (to, value) => to.block(value), read: (from) => from.block() };
export const text: Codec<string> = {
  write: (to, value) => to.block(Buffer.from(value, 'utf8')),
  read: (from) => from.block().toString('utf8'),
};

/** An object with these fields, in their order. */
export function struct<T extends object>(fields: { readonly [K in keyof T]-?: Codec<T[K]> }): Codec<T> {
  const names = Object.keys(fields) as (keyof T)[];
  return {
    write: (to, value) => {
      for (const name of names) fields[name].write(to, value[name]);
    },
    read: (from) => Object.fromEntries(names.map((name) => [name, fields[name].read(from)])) as T,
  };
}

export function optional<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    write: (to, value) => {
      to.count(value === undefined ? 0 : 1);
      if (value !== undefined) codec.write(to, value);
    },
    read: (from) => (from.count() === 0 ? undefined : codec.read(from)),
  };
}

export function list<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    write: (to, values) => {
      to.count(values.length);
      for (const value of values) codec.write(to, value);
    },
    read: (from) => Array.from({ length: from.count() }, () => codec.read(from)),
  };
}

export function textMap<T>(codec: Codec<T>): Codec<ReadonlyMap<string, T>> {
  return {
    write: (to, values) => {
      to.count(values.size);
      for (const [name, value] of values) {
        text.write(to, name);
        codec.write(to, value);
      }
    },
    read: (from) => new Map(Array.from({ length: from.count() }, () => [text.read(from), codec.read(from)] as const)),
  };
}
