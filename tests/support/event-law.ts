import { readFileSync } from 'node:fs';
import type { ExactLaw } from './exact-cases.ts';

/** Figures of PnL in continuous time, each good to `uncertainty`, in price units; std is the population one. */
export interface EventLaw extends ExactLaw {
  readonly mean: number;
  readonly std: number;
  readonly uncertainty: number;
}

/** A case of tests/vectors whose law is known beyond its moments. */
export interface EventLawCase {
  readonly case: string;
  readonly hjb: EventLaw;
  readonly constant: EventLaw;
}

const file = new URL('../oracle/fixtures/event-law.json', import.meta.url);

/** The laws made by tests/oracle/fixtures/make-event-law.py. */
export function eventLaws(): EventLawCase[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}
