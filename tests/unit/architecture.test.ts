import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The road of a run: a folder imports only from folders before it, and from util. */
const ROAD = ['config', 'plan', 'solve', 'strategies', 'exact', 'simulate', 'aggregate', 'report'];

const root = path.resolve(import.meta.dirname, '../../src');

function filesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

/** The folders of src that a file imports from, its own left out. */
function importedFolders(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const sources = [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map((match) => match[1] ?? '');
  return sources
    .map((source) => path.relative(root, path.resolve(root, path.dirname(file), source)).split(path.sep)[0] ?? '')
    .filter((folder) => folder !== file.split(path.sep)[0]);
}

it('no file of src has more than 250 lines', () => {
  const long = filesOf('.').filter((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 251);
  expect(long).toEqual([]);
});

describe.each([...ROAD, 'util'])('src/%s', (folder) => {
  it.each(filesOf(folder))('%s imports only from earlier folders', (file) => {
    const earlier = folder === 'util' ? [] : ['util', ...ROAD.slice(0, ROAD.indexOf(folder))];
    // The simulation is checked against the exact laws, so that neither may lean on the other.
    const allowed = folder === 'simulate' ? earlier.filter((other) => other !== 'exact') : earlier;
    expect(importedFolders(file).filter((other) => !allowed.includes(other))).toEqual([]);
  });
});
