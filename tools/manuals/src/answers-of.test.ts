import { describe, expect, it } from 'vitest';
import { answersOf } from './answers-of.js';

const answering = (status: (address: string, method: string) => number): typeof fetch => {
  return (address, options) =>
    Promise.resolve(new Response(null, { status: status(address as string, options?.method ?? 'GET') }));
};

const failing = (error: Error): typeof fetch => {
  return () => Promise.reject(error);
};

describe('answersOf', () => {
  it.each([
    [200, 'there'],
    [404, 'gone'],
    [410, 'gone'],
    [403, 'unsure'],
    [429, 'unsure'],
    [503, 'unsure'],
  ])('takes status %i for %s', async (status, state) => {
    expect(await answersOf(['https://example.org'], { ask: answering(() => status) })).toEqual([
      { address: 'https://example.org', state, detail: `status ${status}` },
    ]);
  });

  it('asks again with GET where HEAD is refused', async () => {
    const ask = answering((_, method) => (method === 'HEAD' ? 404 : 200));
    expect((await answersOf(['https://example.org'], { ask }))[0]!.state).toBe('there');
  });

  it('takes a host without an address for gone, and silence for unsure', async () => {
    const missing = new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } });
    expect((await answersOf(['https://example.org'], { ask: failing(missing) }))[0]).toMatchObject({
      state: 'gone',
      detail: 'ENOTFOUND',
    });
    const slow = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    expect((await answersOf(['https://example.org'], { ask: failing(slow) }))[0]!.state).toBe('unsure');
  });

  it('keeps the order of the addresses, and asks no more at once than it may', async () => {
    let open = 0;
    let most = 0;
    const ask: typeof fetch = async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open--;
      return new Response(null);
    };
    const addresses = Array.from({ length: 10 }, (_, index) => `https://example.org/${index}`);
    const answers = await answersOf(addresses, { ask, atOnce: 3 });
    expect(answers.map(({ address }) => address)).toEqual(addresses);
    expect(most).toBe(3);
  });
});
