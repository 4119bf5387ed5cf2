import GitHubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import type Token from 'markdown-it/lib/token.mjs';
import { attributeValues } from './attribute-values.js';

const parser = new MarkdownIt({ html: true });

/**
 * Every anchor of a Markdown text, without `#`: those that GitHub gives to headings (small letters, `-` for spaces, no punctuation, `-1`,
 * `-2`, ... where a heading comes again), and the names of HTML elements.
 */
export function anchorsOf(markdown: string): Set<string> {
  const tokens = parser.parse(markdown, {});
  const slugger = new GitHubSlugger();
  const anchors = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    if (tokens[index - 1]?.type === 'heading_open') anchors.add(slugger.slug(shownText(token)));
    for (const { type, content } of [token, ...(token.children ?? [])]) {
      if (type !== 'html_inline' && type !== 'html_block') continue;
      for (const name of attributeValues(content, '[a-z]\\w*', 'id|name')) anchors.add(name);
    }
  }
  return anchors;
}

/** What of a heading can be read: no marks, no addresses, no tags. */
function shownText({ children }: Token): string {
  return (children ?? [])
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}
