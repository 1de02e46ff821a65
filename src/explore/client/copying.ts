import { element } from '../../report/html/client/page.ts';

/** The button that copies the config; where the browser does not let it, the text is selected for the keyboard. */
export function wireCopying(): void {
  const button = element('copy');
  button.onclick = async () => {
    const text = element('yaml').textContent ?? '';
    const isCopied = await copy(text);
    if (!isCopied) getSelection()?.selectAllChildren(element('yaml'));
    element('copied').textContent = isCopied
      ? 'Copied. Save it as explored.yaml.'
      : 'The browser does not allow it: the text is selected, copy it by keyboard.';
  };
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
