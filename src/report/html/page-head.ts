import { createHash } from 'node:crypto';
import { version } from '../../util/version.ts';
import { html, Markup } from './html.ts';

interface PageHead {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** Further directives of the policy. */
  readonly allowed?: readonly string[];
}

/**
 * The head of a page that needs nothing else: its policy lets the browser run only the script and the style whose hashes it
 * names, evaluate no text as code, and connect to nowhere.
 */
export function pageHead({ title, script, style, allowed = [] }: PageHead): Markup {
  const policy = [
    "default-src 'none'",
    `script-src ${policyHash(script)}`,
    `style-src ${policyHash(style)}`,
    ...allowed,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="mm-batch ${version}">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>`;
}

/** How a content security policy names a script or style that a page may hold. */
function policyHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
