import { findingsOf } from '../../findings.ts';
import { html, type Markup, NOTHING } from '../html.ts';
import type { StoredRun } from '../read-run.ts';
import { warningsOf } from './warnings.ts';

/** What was found, in the sentences that the run prints, and what to know before trusting it. */
export function answerSection({ tables, best, manifest }: StoredRun): Markup {
  const scenarios = new Map<number, StoredRun['tables']['cells'][number][]>();
  for (const cell of tables.cells) {
    const cells = scenarios.get(cell.scenario) ?? [];
    scenarios.set(cell.scenario, cells);
    cells.push(cell);
  }
  const sentences = findingsOf(
    [...scenarios].map(([index, cells]) => ({
      scenario: { paths: cells.find(({ summary }) => summary !== undefined)?.summary?.paths ?? 0 },
      strategies: cells.map(({ strategy, summary }) =>
        summary === undefined ? ({ state: 'failed' } as const) : ({ state: 'done', strategy, summary } as const),
      ),
      comparisons: tables.comparisons.filter(({ scenario }) => scenario === index),
      best: () => {
        const row = best.find(({ scenario }) => Number(scenario) === index);
        const strategy = row?.['best'] ?? '';
        if (row === undefined || strategy === '') return undefined;
        return { strategy, verdict: row['verdict'] === 'resolved' ? 'resolved' : 'unresolved' };
      },
    })),
  );
  const failed = tables.cells.filter(({ summary }) => summary === undefined).length;
  const nothing =
    failed === tables.cells.length
      ? 'Nothing: every cell failed, for the reasons below.'
      : 'There is nothing to compare: see the table.';
  const warnings = manifest === undefined ? 0 : warningsOf(manifest).length;
  const noticed = [
    ...(failed === 0 ? [] : [failed === 1 ? '1 failed cell' : `${failed} failed cells`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 warning' : `${warnings} warnings`]),
  ].join(' and ');
  return html`<section aria-labelledby="answer">
<h2 id="answer">What was found</h2>
<div class="answer">
${sentences.map((sentence) => html`<p>${sentence}</p>\n`)}${
  sentences.length > 0 ? NOTHING : html`<p>${nothing}</p>`
}</div>
${
  noticed === ''
    ? NOTHING
    : html`<p class="notice"><strong>Before you use this:</strong> there ${noticed.startsWith('1 ') ? 'is' : 'are'} ${noticed}.
<a href="#warnings">Read what was noticed</a>.</p>`
}
</section>`;
}
