import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { startDisplay } from '../../src/report/progress-display.ts';

/** A terminal that keeps what is written to it. */
function terminal() {
  let text = '';
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text };
}

it('prints lines on a line of their own, which the bar does not clear', () => {
  const { stream, text } = terminal();
  const display = startDisplay(10, 'begun', stream);
  display.show(3, 10, () => 'three');
  display.print('go on with this');
  expect(text()).toContain('\x1b[2Kgo on with this\n');
  const shown = text().split('go on with this\n')[1] ?? '';
  // The bar goes on below, from a cursor position that is saved anew, and that alone is cleared at the end.
  expect(shown).toContain('\x1b7');
  display.stop();
  display.print('after the end');
  expect(text().endsWith('after the end\n')).toBe(true);
});

it('leaves a terminal as it is where a signal may end the process', () => {
  const { stream, text } = terminal();
  startDisplay(10, 'begun', stream).stop();
  expect(text()).toContain('\x1b[?25l');
  const { stream: other, text: otherText } = terminal();
  startDisplay(10, 'begun', other, true).stop();
  expect(otherText()).toContain('begun');
  for (const off of ['\x1b[?25l', '\x1b[?7l']) expect(otherText()).not.toContain(off);
});
