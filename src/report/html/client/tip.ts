import { element } from './page.ts';

/** Pixels from the pointer. */
const OFFSET = 14;

/** Shows a text beside the pointer, a line a figure; an empty text hides it. */
export function showTip(event: MouseEvent, text: string): void {
  const tip = element('tip');
  tip.hidden = text === '';
  if (text === '') return;
  const lines = text.split('\n').map((line) => {
    const row = document.createElement('div');
    row.textContent = line;
    return row;
  });
  tip.replaceChildren(...lines);
  const { innerWidth, innerHeight } = window;
  const left = Math.max(4, Math.min(event.clientX + OFFSET, innerWidth - tip.offsetWidth - 8));
  const below = event.clientY + OFFSET;
  const top = below + tip.offsetHeight > innerHeight ? event.clientY - OFFSET - tip.offsetHeight : below;
  tip.style.left = `${left}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}
