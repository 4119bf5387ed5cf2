import MarkdownIt from 'markdown-it';

/** A block of code in a Markdown text. */
export interface CodeBlock {
  /** The word after the fence, such as `ts`; empty for an indented block. */
  readonly language: string;
  readonly code: string;
  /** The line of the text that holds the first line of the code, from 1. */
  readonly line: number;
  /** Code of a comment `<!-- before: ... -->` above the block: what a reader has already, such as a network. */
  readonly before: string;
  /** Code of a comment `<!-- after: ... -->` below the block: what must be true then. */
  readonly after: string;
  /** Whether a comment `<!-- continues -->` stands above: the block belongs to the same program as the one before it. */
  readonly continues: boolean;
}

const parser = new MarkdownIt({ html: true });

/** Every block of code of a Markdown text, fenced or indented, in the order of the text. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const tokens = parser.parse(markdown, {});
  const isBlock = (index: number) => ['fence', 'code_block'].includes(tokens[index]?.type ?? '');
  return tokens.flatMap((token, index) => {
    if (!isBlock(index)) return [];
    const above: string[] = [];
    for (let i = index - 1; tokens[i]?.type === 'html_block'; i--) above.unshift(tokens[i]!.content);
    const below: string[] = [];
    for (let i = index + 1; tokens[i]?.type === 'html_block'; i++) below.push(tokens[i]!.content);
    return [
      {
        language: token.info.trim().split(/\s/)[0]!,
        code: token.content,
        line: token.map![0] + (token.type === 'fence' ? 2 : 1),
        before: commentsNamed('before', above.join('')),
        after: commentsNamed('after', below.join('')),
        continues: /<!--\s*continues\s*-->/.test(above.join('')),
      },
    ];
  });
}

/** What stands in the comments `<!-- name: ... -->` of a piece of HTML. */
function commentsNamed(name: string, html: string): string {
  const comments = html.matchAll(new RegExp(`<!--\\s*${name}:(.*?)-->`, 'gs'));
  return [...comments].map(([, text]) => text!.trim()).join('\n');
}
