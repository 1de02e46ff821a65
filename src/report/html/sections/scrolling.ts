import { html, type Markup } from '../html.ts';

/** What may be wider than a phone scrolls by itself, by keyboard too. */
export function scrolling(label: string, content: Markup): Markup {
  return html`<div class="scrolling" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}
