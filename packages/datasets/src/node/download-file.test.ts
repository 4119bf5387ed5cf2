import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serve } from '../../test/serve.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { downloadFile } from './download-file.js';

const right = Buffer.alloc(10_000, 7);
const integrity = `sha256-${createHash('sha256').update(right).digest('base64')}`;

async function download(
  answer: (response: ServerResponse) => void,
  spec?: string,
  patienceSeconds = 0.5,
): Promise<void> {
  const url = await serve((_, response) => {
    response.on('error', () => undefined);
    answer(response);
  });
  const path = join(await temporaryFolder(), 'file');
  const source = { spec: spec ?? `${url}/x.tgz`, location: 'the server', integrity, bytes: right.length };
  await downloadFile({ ...source, patienceSeconds, retries: 0 }, path, {});
}

/** Writes a chunk again and again, as long as it is taken. */
function forever(response: ServerResponse, chunk: Buffer): void {
  const write = (): void => {
    while (!response.destroyed) {
      if (response.write(chunk)) continue;
      response.once('drain', write);
      return;
    }
  };
  write();
}

describe('a download', () => {
  it('that is right is kept', async () => {
    await expect(download((response) => response.end(right), undefined, 8)).resolves.toBeUndefined();
  });

  it('that never ends is given up when it is too large, gzipped on its way or not', async () => {
    const sentence = /^the server sent more than \d+ bytes, and 10000 are right$/;
    await expect(
      download((response) => {
        forever(response, Buffer.alloc(1 << 16));
      }),
    ).rejects.toThrow(sentence);
    await expect(
      download((response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.alloc(1 << 22)));
      }),
    ).rejects.toThrow(sentence);
  });

  it('that is silent or trickles is given up', async () => {
    await expect(download(() => undefined)).rejects.toThrow('the server sent nothing for 0.5 seconds');
    await expect(
      download((response) => {
        const timer = setInterval(() => response.write('x'), 50);
        response.on('close', () => {
          clearInterval(timer);
        });
      }),
    ).rejects.toThrow(/^the server sent only \d+ bytes for 0.5 seconds$/);
  });

  it('that is a web page is called that', async () => {
    await expect(download((response) => response.end('<html>log in</html>'))).rejects.toThrow(
      'the server sent an HTML page (of a login or an error), not the data',
    );
  });

  it.each([
    'http://example.org/x.tgz',
    'ftp://127.0.0.1/x.tgz',
    'http://127.0.0.1.example.org/x',
    'file:///etc/passwd',
  ])('of %s is refused: https only, or this machine', async (spec) => {
    await expect(download(() => undefined, spec)).rejects.toThrow(
      `${spec} is not an https address; files are downloaded over https only`,
    );
  });

  it('that is sent on to an address without https is refused', async () => {
    const redirect = (to: string) => (response: ServerResponse) => {
      response.writeHead(302, { location: `${to}/y.tgz` });
      response.end();
    };
    const there = await serve((_, response) => response.end(right));
    const open = there.replace('127.0.0.1', '0.0.0.0');
    await expect(download(redirect(open), undefined, 8)).rejects.toThrow(
      `${open} is not an https address; files are downloaded over https only`,
    );
    await expect(download(redirect(there), undefined, 8)).resolves.toBeUndefined();
  });

  it('that is sent round in a circle or to a file is refused', async () => {
    for (const location of ['/x.tgz', 'file:///etc/passwd']) {
      await expect(
        download(
          (response) => {
            response.writeHead(302, { location });
            response.end();
          },
          undefined,
          8,
        ),
      ).rejects.toThrow(/redirect|protocol|scheme|URL|reached/i);
    }
  });
});
