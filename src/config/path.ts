/** Where a value sits in a config: keys of mappings and positions in lists. */
export type Path = readonly (string | number)[];

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where there is none. Only own keys count. */
export function valueAt(data: unknown, path: Path): unknown {
  let value: unknown = data;
  for (const step of path) {
    if (Array.isArray(value)) value = typeof step === 'number' ? value[step] : undefined;
    else if (isMapping(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/**
 * A copy of `data` with `value` at `path`; what lies off the path is shared. A bare name on the way, such as the
 * strategy `hjb`, becomes {type: hjb}, and an absent or empty section a mapping. Anything else on the way that has no
 * keys stays as it is: the check of the whole document reports it.
 */
export function setAt(data: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(data) && typeof step === 'number') {
    return data.map((item: unknown, i) => (i === step ? setAt(item, rest, value) : item));
  }
  if (isMapping(data) || data === undefined || data === null) {
    return { ...data, [step]: setAt(valueAt(data, [step]), rest, value) };
  }
  return typeof data === 'string' ? { type: data, [step]: setAt(undefined, rest, value) } : data;
}

/** True where `path` is `prefix` or lies beneath it. */
export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((step, i) => step === path[i]);
}

/** A path as people write it: strategies.1.half_spread. */
export function dotted(path: Path): string {
  return path.map((step) => printable(String(step), 60)).join('.');
}

/** A number as people write it: 1e9 rather than 1000000000. */
export function shortNumber(value: number): string {
  const exponential = value.toExponential().replace('+', '');
  return Math.abs(value) >= 1e6 && exponential.length < String(value).length ? exponential : String(value);
}

/** A text on one line, without characters that a terminal acts on, cut at `limit` characters. */
export function printable(text: string, limit: number): string {
  const cut = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}
