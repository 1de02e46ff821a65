import { ConfigError } from '../util/errors.ts';
import { dotted, type Path } from './path.ts';

/** One thing that is wrong with a config. */
export interface Problem {
  /** The dotted key that the line names. */
  readonly key: string;
  /** `expected …, got … (cure)`. */
  readonly text: string;
  readonly path: Path;
  /** Which node of the pair at `path` the line points at. */
  readonly at: 'key' | 'value';
  /** Other values that take part; the line points at the first of them where the source does not hold `path`. */
  readonly related: readonly Path[];
}

export interface Place {
  /** `configs/x.yaml:12:5`, or the command-line option. */
  readonly text: string;
  /** Rank among the places of one message. */
  readonly order: number;
}

/** Something that values come from: a file, the command line, a point of the sweep. */
export interface Source {
  /** The place of a node; undefined where this source holds none at that path. */
  place(path: Path, at: 'key' | 'value'): Place | undefined;
}

const MAX_PROBLEMS = 100;

export function problemAt(path: Path, text: string, at: Problem['at'] = 'value'): Problem {
  return { key: path.length > 0 ? dotted(path) : 'document', text, path, at, related: [] };
}

/** `expected …, got … (cure)`. */
export function expectedText(expected: string, got: string, cure?: string): string {
  return `expected ${expected}, got ${got}${cure === undefined ? '' : ` (${cure})`}`;
}

/**
 * One line a problem, sorted by place. Sources are asked in order, so that a value from the command line is blamed
 * on it; a value that no source holds is placed at the nearest mapping that should hold it.
 */
export function configError(problems: readonly Problem[], sources: readonly Source[]): ConfigError {
  const lines = problems.slice(0, MAX_PROBLEMS).map((problem) => {
    const place = placeOf(problem, sources);
    return { order: place.order, text: `${place.text} ${problem.key}: ${problem.text}` };
  });
  const texts = lines.sort((a, b) => a.order - b.order).map(({ text }) => text);
  const unseen = problems.length - lines.length;
  return new ConfigError([...new Set(texts), ...(unseen > 0 ? [`and ${unseen} more problems`] : [])].join('\n'));
}

function placeOf({ path, at, related }: Problem, sources: readonly Source[]): Place {
  for (const source of sources) {
    for (const candidate of [path, ...related]) {
      const place = source.place(candidate, candidate === path ? at : 'value');
      if (place !== undefined) return place;
    }
  }
  for (let length = path.length - 1; length >= 0; length--) {
    for (const source of sources) {
      const place = source.place(path.slice(0, length), 'value');
      if (place !== undefined) return place;
    }
  }
  return { text: 'config', order: 0 };
}
