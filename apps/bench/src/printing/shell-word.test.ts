import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shell-word.js';

it('writes words that a shell reads as they were', () => {
  const words = [
    'plain',
    'a=b',
    '',
    "it's",
    '"$HOME" `ls` \\ !',
    'two\nlines',
    '*',
    '{"kind":"steps","at":[1,2]}',
    '~',
  ];
  const echo = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  expect(execFileSync('sh', ['-c', echo], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
  expect(shellWord('training.optimizer.learningRate=0.1')).toBe('training.optimizer.learningRate=0.1');
});
