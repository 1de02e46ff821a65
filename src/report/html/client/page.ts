import type { PageData } from '../page-data.ts';

/** The data that the writer put into the page; figures that are not defined are NaN. */
export function readPageData(): PageData {
  const text = element('page-data').textContent ?? '';
  return JSON.parse(text, (_key, value: unknown) => (value === null ? Number.NaN : value));
}

/** An element that the page has. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`page: no element #${id}`);
  return found;
}

/** The elements of a class that a selector finds. */
export function all<T extends Element>(selector: string, kind: new () => T): T[] {
  return [...document.querySelectorAll(selector)].flatMap((found) => (found instanceof kind ? [found] : []));
}
