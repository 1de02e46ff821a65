import type { RunPlan } from './plan.ts';

/** Differences that are told one by one; more would hide each other. */
const MOST_TOLD = 5;

/** Where two plans differ, in words: `model.gamma: 0.1 then, 0.5 now`; empty where their scenarios are the same. */
export function planDifferences(then: RunPlan, now: RunPlan): string[] {
  const [before, after] = [then.scenarios.length, now.scenarios.length];
  if (before !== after) return [`scenarios: ${before} then, ${after} now`];
  const lines = then.scenarios.flatMap((scenario, i) => {
    const where = before === 1 ? '' : `scenario ${i}: `;
    return differences('', scenario, now.scenarios[i]).map((line) => where + line);
  });
  const more = lines.length - MOST_TOLD;
  return more > 0 ? [...lines.slice(0, MOST_TOLD), `and ${more} more`] : lines;
}

function differences(path: string, then: unknown, now: unknown): string[] {
  if (isNode(then) && isNode(now)) {
    // Where a strategy's module lies does not matter, its content does.
    const keys = new Set([...Object.keys(then), ...Object.keys(now)].filter((key) => key !== 'file'));
    return [...keys].flatMap((key) => differences(path === '' ? key : `${path}.${key}`, then[key], now[key]));
  }
  return JSON.stringify(then) === JSON.stringify(now) ? [] : [`${path}: ${shown(then)} then, ${shown(now)} now`];
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
