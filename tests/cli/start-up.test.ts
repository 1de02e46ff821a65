import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

/** What a file of the build loads before it runs: files of the build, and packages. */
function loadedBy(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const sources = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?:.*from )?"([^"]+)";$/gm)];
  for (const [, source = ''] of sources) {
    if (source.startsWith('.')) loadedBy(path.resolve(path.dirname(file), source), seen);
    else if (!source.startsWith('node:') && !builtinModules.includes(source)) seen.add(source);
  }
  return seen;
}

/** The file of a command, which the command line loads where it is named. */
function fileOf(command: string): string {
  const found = new RegExp(`import\\("([^"]+/${command}\\.js)"\\)`).exec(readFileSync(cli, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`the command line loads no ${command}.js`);
  return path.resolve(path.dirname(cli), found);
}

const packagesOf = (file: string): string[] => [...loadedBy(file)].filter((source) => !path.isAbsolute(source)).sort();

it('the command line itself loads a few files and no package', () => {
  expect(packagesOf(cli)).toEqual([]);
  expect(loadedBy(cli).size).toBeLessThan(10);
});

it('a command loads neither what draws, learns or exports, nor what a queue or threads need', () => {
  expect(packagesOf(fileOf('validate'))).toEqual(['seedrandom']);
  expect(packagesOf(fileOf('run'))).toEqual(['@datadog/sketches-js', 'seedrandom']);
});

it('threads load no package but those that their paths need', () => {
  const workers = path.resolve(path.dirname(cli), '../workers');
  expect(packagesOf(path.join(workers, 'simulate-block.js'))).toEqual(['seedrandom']);
  expect(loadedBy(path.join(workers, 'simulate-block.js')).size).toBeLessThan(40);
});
