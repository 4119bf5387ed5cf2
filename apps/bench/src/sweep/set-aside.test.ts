import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSetAside } from './set-aside.js';

let folder = '';
let messages: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-aside-'));
  messages = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const item = { what: 'What came for run-1', reason: 'It is not signed.', text: '{"a":1}' };

describe('createSetAside', () => {
  it('keeps what came, and says where it is, why, and how much there was', () => {
    const setAside = createSetAside(join(folder, 'aside'), (text) => messages.push(text));
    setAside.add(item);
    const [name = ''] = readdirSync(setAside.folder);
    expect(messages).toEqual([
      `What came for run-1 is set aside: It is not signed. See ${join(setAside.folder, name)}. (1 so far.)`,
    ]);
    expect(JSON.parse(readFileSync(join(setAside.folder, name), 'utf8'))).toMatchObject({
      ...item,
      characters: 7,
    });
    expect(setAside.count).toBe(1);
  });

  it('keeps a hundred, the newest, none of them large, and reports ten', () => {
    const setAside = createSetAside(folder, (text) => messages.push(text));
    for (let count = 0; count < 120; count++)
      setAside.add({ ...item, text: `${count} ${'x'.repeat(100_000)}` });
    const names = readdirSync(folder).sort();
    expect(names).toHaveLength(100);
    const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(texts.some((text) => text.includes('"119 x'))).toBe(true);
    for (const text of texts) expect(text.length).toBeLessThan(66_000);
    expect(messages).toHaveLength(11);
    expect(messages.at(-1)).toBe('What else is set aside is only counted from here on.');
    expect(setAside.count).toBe(120);
  });

  it('goes on where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const setAside = createSetAside(join(folder, 'file'), (text) => messages.push(text));
    setAside.add(item);
    expect(messages[0]).toMatch(/is set aside: It is not signed\. It could not be kept: Cannot write/);
    expect(setAside.count).toBe(1);
  });
});
