import { short } from '../../report/html/client/figures-text.ts';
import { element } from '../../report/html/client/page.ts';
import { STRATEGIES } from '../messages.ts';
import type { ExploreState } from './state.ts';

/** Shares of quotes from which a bound is worth a word, and from which nothing else is left. */
const SOME = 0.001;
const ALL = 0.9999;
/** Probability of single values that a density chart must not hide. */
const NOTABLE_ATOM = 0.001;

/** Says where the quote bounds decide, and offers to lift them. */
export function showBounds({ quotes }: ExploreState): void {
  const { binding = 0, atMin = 0, atMax = 0 } = quotes?.bounds ?? {};
  element('bounds').hidden = binding < SOME;
  const which = atMax > 0 && atMin > 0 ? 'δ min and δ max' : atMax > 0 ? 'δ max' : 'δ min';
  element('bounds-text').textContent =
    Math.max(atMin, atMax) >= ALL
      ? `${which} decides every quote: hjb quotes this distance whatever the time and the inventory, as constant does.`
      : `${which} decides ${short(100 * binding, 3)} % of the quotes of hjb.`;
}

/** What the density chart leaves out. */
export function showAtoms({ strategies }: ExploreState): void {
  const notes = STRATEGIES.flatMap((strategy) => {
    const atoms = strategies[strategy].law?.atoms ?? 0;
    return atoms < NOTABLE_ATOM ? [] : [`${short(100 * atoms, 3)} % of ${strategy}`];
  });
  element('atoms').textContent =
    notes.length === 0 ? '' : `Not drawn: single values of PnL, such as 0 where nothing fills; ${notes.join(', ')}.`;
}

/** Whether figures are those of the sliders yet, and what could not be computed. */
export function showProgress({ strategies }: ExploreState, milliseconds: number): void {
  const failures = STRATEGIES.flatMap((strategy) => {
    const { failure } = strategies[strategy];
    return failure === undefined ? [] : [`${strategy}: ${failure}`];
  });
  const isDone = STRATEGIES.every((strategy) => strategies[strategy].isDone);
  setState(isDone ? (failures.length > 0 ? 'failed' : 'done') : 'computing');
  element('failure').hidden = failures.length === 0;
  element('failure').textContent = failures.join(' ');
  if (isDone) {
    const seconds = short(milliseconds / 1000, 2);
    element('status').textContent =
      failures.length > 0 ? 'Not everything could be computed.' : `Exact figures, computed in ${seconds} s.`;
  }
}

/** The page's state, for its style and for programs that wait for it. */
export function setState(state: 'computing' | 'done' | 'failed' | 'invalid'): void {
  document.documentElement.dataset['state'] = state;
  for (const place of document.querySelectorAll('.result'))
    place.setAttribute('aria-busy', String(state === 'computing'));
}
