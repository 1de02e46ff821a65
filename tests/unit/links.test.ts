import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folders = ['docs', 'examples', 'tests/vectors'];
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join(folder, name)),
  ),
];

/** Markdown without its code, where brackets and parentheses are no links. */
function proseOf(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '`');
}

/** GitHub's anchors of a page's headings: lower case, punctuation left out, blanks as hyphens. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .matchAll(/^#+ +(.+)$/gm);
  return [...headings].map(([, text = '']) =>
    text
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** The links of a page, web addresses aside, that lead to no file or no heading. */
function brokenLinks(page: string): string[] {
  const file = path.join(root, page);
  const targets = [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [name = '', anchor] = target.split('#');
    const linked = name === '' ? file : path.resolve(path.dirname(file), decodeURIComponent(name));
    if (!existsSync(linked)) return true;
    return anchor !== undefined && !(statSync(linked).isFile() && anchorsOf(linked).includes(anchor));
  });
}

describe('relative links', () => {
  it('are looked for in the README and the guides', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/config.md', 'docs/guide/sweeps.md']));
    expect(proseOf(path.join(root, 'README.md'))).toContain('](docs/guide/results.md)');
  });

  it.each(pages)('%s: each leads to a file, and to a heading where it names one', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });
});
