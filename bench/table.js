// @ts-check
/** Tables as text for a terminal and as Markdown. */
import Table from 'cli-table3';

/** @import { Spread } from './measure.js' */
/** @typedef {{ title: string, head: string[], rows: string[][], notes?: string[] }} Section */

/** Three significant digits, thousands apart.
 * @param {number} value */
export function figure(value) {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** Median and, in brackets, smallest and largest.
 * @param {Spread | undefined} spread */
export function spread(spread) {
  if (spread === undefined) return 'skipped';
  return `${figure(spread.median)} (${figure(spread.min)}–${figure(spread.max)})`;
}

/** A section of ratios: name, value, and the target that it is held against.
 * @param {string} title
 * @param {readonly { name: string, ratio: Spread | undefined, target?: number | undefined }[]} ratios
 * @returns {Section} */
export function ratioSection(title, ratios) {
  const rows = ratios.map(({ name, ratio, target }) => [
    name,
    spread(ratio),
    target === undefined ? '' : `>= ${target}`,
    target === undefined || ratio === undefined ? '' : ratio.median >= target ? 'met' : 'missed',
  ]);
  return { title, head: ['ratio', 'median (min–max)', 'target', ''], rows };
}

/** @param {Section} section */
export function sectionText({ title, head, rows, notes = [] }) {
  const table = new Table({
    head,
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return [title, table.toString(), ...notes, ''].join('\n');
}

/** @param {Section} section */
export function sectionMarkdown({ title, head, rows, notes = [] }) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  const list = notes.map((note) => `- ${note}`);
  return [`## ${title}`, '', line(head), line(rule), ...rows.map(line), '', ...list, ''].join('\n');
}
