import { z } from 'zod';
import { didYouMean } from '../util/did-you-mean.ts';
import { printable, shortNumber } from './path.ts';
import { expectedText } from './problem.ts';
import { hintOf, type Schema, unwrap } from './schema-walk.ts';

type Issue = z.core.$ZodIssue;

const NOUNS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'an integer',
  string: 'a text',
  boolean: 'true or false',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
  array: 'a list',
  null: 'null',
};

/** `expected …, got … (cure)` for one zod issue on the value `got`, which `schema` was to check. */
export function describeIssue(issue: Issue, got: unknown, schema: Schema | undefined): string {
  const hint = hintOf(schema);
  const expected = (issue.code === 'invalid_format' ? hint.expected : undefined) ?? expectation(issue, schema, got);
  return expectedText(expected, describeValue(got), generalCure(issue, got) ?? hint.cure);
}

/** A value found, on one line and cut short. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return printable(JSON.stringify(value.slice(0, 100)), 62);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return typeof value === 'function' ? 'a function' : printable(String(value), 60);
}

/** What would have been right, by zod's issue code. */
function expectation(issue: Issue, schema: Schema | undefined, got: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (isInteger(schema)) return 'an integer';
      if (issue.expected === 'number' && typeof got === 'number') return 'a finite number';
      return NOUNS[issue.expected] ?? `a value of type ${issue.expected}`;
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? '>' : '>=', Number(issue.minimum), schema);
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? '<' : '<=', Number(issue.maximum), schema);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return `a text that fits ${issue.pattern ?? issue.format}`;
    case 'invalid_value':
      return `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(describeValue).join(', ')}`;
    case 'invalid_union':
      if (issue.errors.length === 0) return `one of ${discriminators(issue).map(describeValue).join(', ')}`;
      return alternativesText(issue.errors, got);
    case 'unrecognized_keys':
      return 'known keys only';
    case 'invalid_key':
    case 'invalid_element':
      return 'valid entries';
    case 'custom':
      return issue.message;
  }
}

function bound(origin: string, sign: string, limit: number, schema: Schema | undefined): string {
  const count = `${sign === '>=' ? 'at least' : 'at most'} ${limit}`;
  if (origin === 'string') return `a text of ${count} character${limit === 1 ? '' : 's'}`;
  if (origin === 'array' || origin === 'object') return `a list of ${count} entr${limit === 1 ? 'y' : 'ies'}`;
  return `${origin === 'int' || isInteger(schema) ? 'an integer' : 'a number'} ${sign} ${shortNumber(limit)}`;
}

function isInteger(schema: Schema | undefined): boolean {
  return schema !== undefined && unwrap(schema) instanceof z.ZodNumberFormat;
}

function alternativesText(branches: readonly (readonly Issue[])[], got: unknown): string {
  return [...new Set(branches.flatMap(([first]) => (first ? [expectation(first, undefined, got)] : [])))].join(' or ');
}

function discriminators(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
}

/** Cures that follow from the kind of mistake, whatever the key. */
function generalCure(issue: Issue, got: unknown): string | undefined {
  const names =
    issue.code === 'invalid_value' ? issue.values : issue.code === 'invalid_union' ? discriminators(issue) : [];
  if (typeof got === 'string') {
    const near = didYouMean(
      got,
      names.filter((name) => typeof name === 'string'),
    );
    if (near !== undefined) return `did you mean "${near}"?`;
  }
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.expected === 'number' || issue.expected === 'int') {
    return typeof got === 'string' ? numberCure(got) : undefined;
  }
  if (got === null) return 'give it a value or remove the key';
  return issue.expected === 'string' && got !== undefined ? 'put it in quotes' : undefined;
}

/** YAML 1.2 reads 1_000 as a text, and quotes make a text of any number. */
function numberCure(text: string): string {
  const plain = text.trim().replace(/(?<=\d)[_, ](?=\d)/g, '');
  const value = Number(plain);
  if (plain === '' || plain.length > 40 || !Number.isFinite(value)) return 'write a number such as 0.5 or 1e-3';
  return plain === text ? `write ${plain} without quotes` : `write ${plain}`;
}
