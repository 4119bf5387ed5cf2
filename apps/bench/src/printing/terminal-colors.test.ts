import { describe, expect, it } from 'vitest';
import { terminalColors } from './terminal-colors.js';

const terminal = { isTTY: true };
const pipe = { isTTY: false };

describe('terminalColors', () => {
  it.each([
    ['a terminal', terminal, {}, true],
    ['a pipe', pipe, {}, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
    ['TERM=dumb', terminal, { TERM: 'dumb' }, false],
    ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
    ['NO_COLOR with FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('%s', (_name, stream, environment, colored) => {
    expect(terminalColors(stream, environment).bold('a')).toBe(colored ? '\u001B[1ma\u001B[22m' : 'a');
  });
});
