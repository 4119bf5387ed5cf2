import { describe, expect, it } from 'vitest';
import { parseRedisAddress } from './redis-address.js';

/** What a user sees of an address: the place, or the sentence that refuses it. */
function shown(text: string): string {
  try {
    return parseRedisAddress(text).place;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('parseRedisAddress', () => {
  it.each([
    'redis://user:s3cret@192.0.2.7:6379',
    'rediss://user:s3cret@192.0.2.7:6379/2',
    'REDIS://user:s3cret@192.0.2.7',
    'redis://:s3cret@192.0.2.7',
    'redis://s3cret@192.0.2.7',
    'redis://user:s%33cret@192.0.2.7',
    'redis://:s3cret%off@192.0.2.7',
    'redis://:s3cret%@192.0.2.7',
    'redis://:s3c/ret#1@192.0.2.7',
    'redis://:s3cret@with@192.0.2.7',
    'redis://192.0.2.7?password=s3cret',
    'redis://192.0.2.7?username=s3cret',
    'redis://192.0.2.7/s3cret',
    'redis://192.0.2.7#s3cret',
    'redis://user:s3cret@192.0.2.7:99999',
    'redis://user:s3cret@',
    'redis:user:s3cret@192.0.2.7',
    'http://user:s3cret@192.0.2.7',
    'user:s3cret@192.0.2.7:6379',
    '//user:s3cret@192.0.2.7',
    ' redis://user:s3cret@ 192.0.2.7',
    'redis://user:s3cret@192.0.2.7:six',
    'redis://user:s3cret@[::1',
    'redis://user:53/s3cret@192.0.2.7',
    'redis://user:53?s3cret@192.0.2.7',
    'redis://user:53#s3cret@192.0.2.7',
    'redis://s3c/ret@192.0.2.7',
  ])('never shows the password of %s', (text) => {
    expect(shown(text)).not.toMatch(/s3c|s%33cret|:53/i);
  });

  it.each([
    ['redis://:p%40ss%2Fword@h', undefined, 'p@ss/word'],
    ['redis://u:off%off@h', 'u', 'off%off'],
    ['redis://u:100%@h', 'u', '100%'],
    ['redis://u:%C3%A9@h', 'u', 'é'],
    ['redis://u:%ff@h', 'u', '%ff'],
    ['redis://h?password=s3cret&username=u', 'u', 's3cret'],
    ['redis://h', undefined, undefined],
  ])('reads user and password of %s', (text, username, password) => {
    const address = parseRedisAddress(text);
    expect([address.username, address.password]).toEqual([username, password]);
    expect(address.url).not.toContain('@');
    expect(address.url).not.toContain('password');
  });

  it('shows user, host, port and database', () => {
    expect(shown('rediss://user:s3cret@192.0.2.7:6380/2?family=6')).toBe('rediss://user@192.0.2.7:6380/2');
    expect(shown('redis://[::1]:6379')).toBe('redis://[::1]:6379');
  });

  it('hides the password in what others say, as it is typed and as it is meant', () => {
    const { hide } = parseRedisAddress('redis://user:p%40ss@192.0.2.7');
    expect(hide('AUTH p@ss of p%40ss failed')).toBe('AUTH *** of *** failed');
  });
});
