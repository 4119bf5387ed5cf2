import MarkdownIt from 'markdown-it';
import type Token from 'markdown-it/lib/token.mjs';
import { attributeValues } from './attribute-values.js';

/** A link or a picture of a Markdown text. */
export interface Link {
  /** What it points to, as it is written: an address, a path, `#anchor`. */
  readonly target: string;
  /** The line of the text that holds the paragraph, table row or HTML that the link is in, from 1. */
  readonly line: number;
}

const parser = new MarkdownIt({ html: true, linkify: true });
// As GitHub does: `https://...` in running text is a link, `README.md` is not one to the domain of Moldova.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// What is not well formed is for the check to say; the parser would leave it as text.
parser.validateLink = () => true;
parser.normalizeLink = (address) => address;

/** A path of this repository in backticks, such as `packages/losses/src/index.ts`; not one with a `<name>` or a `*` in it. */
const namedFile = /^(?:packages|apps|tools|docs)\/[\w./-]*[\w-]$/;

/** Every link and picture of a Markdown text, with those in HTML, in the order of the text. Code holds none. */
export function linksOf(markdown: string): Link[] {
  return inlineTokens(markdown).flatMap(({ token, line }) =>
    targetsOf(token).map((target) => ({ target, line })),
  );
}

/** Every file of this repository that a Markdown text names in backticks by its path from the root. */
export function namedFilesOf(markdown: string): Link[] {
  return inlineTokens(markdown)
    .filter(({ token }) => token.type === 'code_inline' && namedFile.test(token.content))
    .map(({ token, line }) => ({ target: token.content, line }));
}

function targetsOf(token: Token): string[] {
  if (token.type === 'link_open') return [token.attrGet('href')!];
  if (token.type === 'image') return [token.attrGet('src')!];
  if (token.type !== 'html_inline' && token.type !== 'html_block') return [];
  return attributeValues(token.content, 'a|img|source|video|link', 'href|src|srcset');
}

/** The tokens of a text's paragraphs, headings, cells and HTML, each with its line. */
function inlineTokens(markdown: string): { token: Token; line: number }[] {
  const found: { token: Token; line: number }[] = [];
  let line = 1;
  for (const token of parser.parse(markdown, {})) {
    // The cells of a table have no lines of their own; their row has.
    if (token.map !== null) line = token.map[0] + 1;
    for (const part of [token, ...(token.children ?? [])]) found.push({ token: part, line });
  }
  return found;
}
