/**
 * The line of a command's output that says most about why it failed: the last with "error" in it, else the last.
 * What follows "error:" is kept, at most 300 characters.
 */
export function tellingLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.findLast((each) => /\berror\b/i.test(each)) ?? lines.at(-1) ?? 'it said nothing';
  return line.replace(/^ERROR: /, '').slice(0, 300);
}
