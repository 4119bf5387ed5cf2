import { describe, expect, it } from 'vitest';
import { replaceBetweenMarkers } from './replace-between-markers.js';

const document = '# Results\n\nWords.\n\n<!-- report:begin -->\nold\n<!-- report:end -->\n\nMore.\n';
const replace = (text: string, marker = 'report'): string =>
  replaceBetweenMarkers(text, marker, { path: 'R.md', make: (level) => `${'#'.repeat(level + 1)} New\n` });

describe('replaceBetweenMarkers', () => {
  it('replaces what stands between, one heading level below the text around, and nothing else', () => {
    const replaced = replace(document);
    expect(replaced).toBe(
      '# Results\n\nWords.\n\n<!-- report:begin -->\n\n## New\n\n<!-- report:end -->\n\nMore.\n',
    );
    expect(replace(replaced)).toBe(replaced);
  });

  it('takes no comment in code for a heading', () => {
    expect(replace(`## A\n\`\`\`sh\n# b\n\`\`\`\n${document.slice(10)}`)).toContain('\n### New\n');
  });

  it.each([
    [document, 'table', 'R.md has no <!-- table:begin -->; write'],
    [document.replace('<!-- report:end -->', ''), 'report', 'R.md has no <!-- report:end -->'],
    [document + document, 'report', 'R.md has <!-- report:begin --> twice; leave one.'],
    ['<!-- report:end --> <!-- report:begin -->', 'report', 'R.md has <!-- report:end --> before'],
  ])('refuses %j without a pair of markers %s', (text, marker, message) => {
    expect(() => replace(text, marker)).toThrow(message);
  });
});
