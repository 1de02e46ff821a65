import { Composer, type CST, type Document, isMap, LineCounter, Parser, YAMLParseError } from 'yaml';
import { ConfigError } from '../util/errors.ts';
import { MAX_ALIASES, MAX_CHARACTERS } from './limits.ts';
import { printable } from './path.ts';
import { expectedText, type Source } from './problem.ts';
import { type Flaw, inspect, nodesAt, offsetOf } from './yaml-tree.ts';

const MAX_FLAWS = 20;

/** Texts in place of the library's own, which speak to its callers. */
const CURES: ReadonlyMap<string, string> = new Map([
  ['MULTIPLE_DOCS', expectedText('one document', 'a second one', 'remove the --- line')],
  ['RESOURCE_EXHAUSTION', 'nested too deeply'],
  ['NON_STRING_KEY', expectedText('a text as key', 'a list, a mapping or an alias')],
]);

/** A YAML text's data, and where each of its values stands. */
export interface YamlSource extends Source {
  readonly value: unknown;
}

/**
 * Reads an experiment's text: one YAML 1.2 (or JSON) document that holds a mapping, with anchors and merge keys.
 * Throws ConfigError with lines `label:line:column key: text`.
 */
export function readExperimentText(text: string, label: string): YamlSource {
  return readYaml(text, label, (document) => {
    const { contents } = document;
    if (contents === null) return expectedText('a mapping of keys', 'nothing', 'the file is empty');
    return isMap(contents) ? undefined : expectedText('a mapping of keys', 'a list or a single value');
  });
}

/** Reads the value of a `--set`: any YAML value. Throws ConfigError; `label` stands for the place. */
export function readYamlValue(text: string, label: string): unknown {
  return readYaml(text, label, () => undefined).value;
}

function readYaml(text: string, label: string, check: (document: Document.Parsed) => string | undefined): YamlSource {
  const shown = printable(label, 300);
  const fail = (flaws: readonly Flaw[], lines?: LineCounter): ConfigError =>
    new ConfigError(
      [...flaws]
        .sort((a, b) => a.offset - b.offset)
        .filter(({ offset }, i, sorted) => offset !== sorted[i - 1]?.offset)
        .slice(0, MAX_FLAWS)
        .map(({ offset, key, text }) => {
          const { line, col } = lines?.linePos(offset) ?? { line: 1, col: 1 };
          return `${shown}:${Math.max(1, line)}:${Math.max(1, col)} ${printable(key, 60)}: ${printable(text, 300)}`;
        })
        .join('\n'),
    );
  const unreadable = readabilityFlaw(text);
  if (unreadable !== undefined) throw fail([{ offset: 0, key: 'document', text: unreadable }]);

  const lineCounter = new LineCounter();
  const document = compose(text, lineCounter);
  // An unresolved tag is only a warning to the library; its value would be read as a text.
  const flaws = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    offset: pos[0],
    key: 'YAML',
    text: CURES.get(code) ?? message,
  }));
  const tooDeep = flaws.find(({ text }) => text === CURES.get('RESOURCE_EXHAUSTION'));
  if (tooDeep !== undefined) throw fail([tooDeep], lineCounter);
  if (flaws.length > 0) throw fail(flaws, lineCounter);
  const wrong = check(document);
  if (wrong !== undefined)
    throw fail([{ offset: offsetOf(document.contents), key: 'document', text: wrong }], lineCounter);
  const tree = inspect(document);
  if (tree.flaws.length > 0) throw fail(tree.flaws, lineCounter);

  return {
    value: toData(document, (message) => fail([{ offset: 0, key: 'YAML', text: message }], lineCounter)),
    place(path, at) {
      const nodes = nodesAt(document, tree.targets, path);
      if (nodes === undefined) return undefined;
      const offset = offsetOf(nodes[at]);
      const { line, col } = lineCounter.linePos(offset);
      return { text: `${shown}:${line}:${col}`, order: offset };
    },
  };
}

/** What the library's parseDocument does, but it gives up at the first tokens that make no sense. */
function compose(text: string, lineCounter: LineCounter): Document.Parsed {
  const parser = new Parser(lineCounter.addNewLine);
  const composer = new Composer({
    merge: true,
    schema: 'core',
    stringKeys: true,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const [document, second] = composer.compose(untilHopeless(parser.parse(text)), true, text.length);
  if (document === undefined) throw new Error('the YAML composer gave no document');
  if (second !== undefined) {
    document.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'two documents'));
  }
  return document;
}

/** Each error costs the library a stack trace, so a binary file would take seconds. */
function* untilHopeless(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  let errors = 0;
  for (const token of tokens) {
    yield token;
    if (token.type === 'error' && ++errors === MAX_FLAWS) return;
  }
}

function readabilityFlaw(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) {
    return expectedText(`at most ${MAX_CHARACTERS / 1024} KiB of text`, `${Math.ceil(text.length / 1024)} KiB`);
  }
  return text.includes('\0')
    ? expectedText('a YAML or JSON text', 'a NUL character', 'is this a binary file?')
    : undefined;
}

/** The library signals an alias bomb, and nothing else in a document without errors, by a ReferenceError. */
function toData(document: Document.Parsed, fail: (message: string) => ConfigError): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) throw fail(`aliases expand too far: ${error.message}`);
    throw error;
  }
}
