import { expect, it } from 'vitest';
import { renderDependencyDocument } from './dependency-document.js';
import { readDependencyFacts } from './dependency-facts.js';
import { root, workspacePackages } from './published-packages.js';

const facts = readDependencyFacts(workspacePackages());
const file = `${root}docs/dependencies.md`;
const markers = ['production', 'development', 'closure'].map(
  (name) => `<!-- ${name}:begin -->\n\nold\n\n<!-- ${name}:end -->\n`,
);

it('writes tables between its markers, keeps what is around them, and writes the same again', async () => {
  const document = `# Dependencies\n\nBefore.\n\n${markers.join('\nBetween.\n\n')}`;
  const text = await renderDependencyDocument(document, file, facts);
  expect(text).toMatch(/^# Dependencies\n\nBefore\.\n/);
  expect(text).toContain('`pure-rand`');
  expect(text).toContain('Between.');
  expect(text).not.toContain('old\n');
  expect(await renderDependencyDocument(text, file, facts)).toBe(text);
});

it('names a marker that is missing', async () => {
  await expect(renderDependencyDocument('# Dependencies', 'docs/dependencies.md', facts)).rejects.toThrow(
    'docs/dependencies.md must hold <!-- production:begin --> and <!-- production:end -->',
  );
});
