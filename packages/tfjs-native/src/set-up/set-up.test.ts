import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCheck, type FakeTools, makeFakeTools } from '../testing/fake-tools.js';
import { engineFolder, enginesFolder } from './cache-folder.js';
import { setUpIn, type SetUpInternals, type SetUpOptions, type SetUpResult } from './set-up.js';
import type { SetUpProgress } from './set-up-progress.js';

let folder = '';
let tools: FakeTools;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfjs-native-set-up-'));
  tools = makeFakeTools(folder);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(options: SetUpOptions = {}, internals: SetUpInternals = {}): Promise<SetUpResult> {
  return setUpIn(
    { cacheFolder: tools.cacheFolder, ...options },
    {
      recipe: tools.recipe,
      environment: tools.environment,
      checkAddon: () => Promise.resolve(fakeCheck),
      ...internals,
    },
  );
}

/** What lies in the cache: nothing, or one engine and no temporary folder. */
function cached(): string[] {
  const engines = enginesFolder(tools.cacheFolder);
  return existsSync(engines) ? readdirSync(engines) : [];
}

function startProcess(): ChildProcess {
  const { cacheFolder, environment, recipe } = tools;
  return spawn(
    process.execPath,
    [
      '--conditions=@hyperspherical/source',
      ...['--import', 'tsx'],
      fileURLToPath(new URL('../testing/set-up-process.ts', import.meta.url)),
      JSON.stringify({ cacheFolder, environment, recipe }),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

describe('setUp', () => {
  it('downloads, unpacks, compiles, checks, and publishes the engine', async () => {
    const told: SetUpProgress[] = [];
    const result = await run({ onProgress: (progress) => told.push(progress) });

    expect(result.alreadyThere).toBe(false);
    expect(result.folder).toBe(engineFolder(tools.cacheFolder, tools.recipe));
    expect(cached()).toEqual([tools.recipe.key]);
    expect(readdirSync(result.folder, { recursive: true }).sort()).toEqual([
      'addon',
      'addon/tfjs_binding.node',
      'lib',
      'lib/libtensorflow_cc.so.2',
      'lib/libtensorflow_framework.so.2',
      'licences',
      'licences/LICENSE',
      'manifest.json',
    ]);
    expect(readFileSync(join(result.folder, 'lib/libtensorflow_cc.so.2'), 'utf8')).toBe(
      'this is tensorflow/libtensorflow_cc.so.2',
    );
    expect([...new Set(told.map(({ step }) => step))]).toEqual(['download', 'unpack', 'compile', 'check']);
    expect(told[0]).toEqual({
      step: 'download',
      message: 'Downloading TensorFlow 2.15.1 (0 MB): 0 %',
      receivedBytes: 0,
      totalBytes: tools.recipe.wheels[0]!.bytes,
    });
  });

  it('says nothing, starts nothing and needs nothing when the engine is there', async () => {
    await run();
    const told: SetUpProgress[] = [];
    const result = await run(
      { onProgress: (progress) => told.push(progress) },
      { environment: { PATH: join(folder, 'nothing') } },
    );
    expect(result.alreadyThere).toBe(true);
    expect(told).toEqual([]);
  });

  it('names every program that is missing, and what to type', async () => {
    tools.remove('python3');
    tools.remove('c++');
    const message = ((await run().catch((error: unknown) => error)) as Error).message;
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^python3 is not on the PATH\. .*(apt-get install python3 python3-pip|brew)/),
      expect.stringMatching(
        /^No C\+\+ compiler .*\(tried c\+\+, g\+\+, clang\+\+\)\. .*(apt-get install g\+\+|xcode)/,
      ),
    ]);
    expect(cached()).toEqual([]);
  });

  it('tells a python3 without pip from one with it', async () => {
    tools.replace(
      'python3',
      'case "$*" in *pip*) echo "/usr/bin/python3: No module named pip" >&2; exit 1;; *) echo 3.11.2;; esac',
    );
    await expect(run()).rejects.toThrow(/^python3 has no pip\. .*(apt-get install python3-pip|ensurepip)/);
  });

  it('says why a python3 does not work', async () => {
    tools.replace('python3', `echo "ModuleNotFoundError: No module named 'zlib'" >&2; exit 1`);
    await expect(run()).rejects.toThrow(
      "python3 does not work: ModuleNotFoundError: No module named 'zlib'. Install it",
    );
  });

  it('takes the compiler from CXX, with arguments', async () => {
    tools.replace('my-c++', '[ "$1" = -fast ] || exit 1; shift; exec c++ "$@"');
    const { folder: made } = await run({}, { environment: { ...tools.environment, CXX: 'my-c++ -fast' } });
    expect(readFileSync(join(made, 'manifest.json'), 'utf8')).toContain('"compiler": "fake c++ 1.0"');
  });

  it('says so when CXX does not run', async () => {
    await expect(run({}, { environment: { ...tools.environment, CXX: 'no-such-c++' } })).rejects.toThrow(
      'CXX is "no-such-c++", which does not run. Unset CXX, or set it to a C++ compiler.',
    );
  });

  it('falls back to g++ and clang++', async () => {
    tools.replace('clang++', readFileSync(join(folder, 'programs', 'c++'), 'utf8'));
    tools.remove('c++');
    expect((await run()).alreadyThere).toBe(false);
  });

  it.each([
    [
      'the network is down',
      `echo "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...): Temporary failure in name resolution'" >&2
       echo "ERROR: No matching distribution found for tensorflow-cpu==2.15.1" >&2; exit 1`,
      /^The Python package index could not be reached to download tensorflow-cpu==2\.15\.1 \(Temporary failure in name resolution\): check the network and try again\./,
    ],
    [
      'the index lacks it',
      'echo "ERROR: Could not find a version" >&2; echo "ERROR: No matching distribution found for tensorflow-cpu==2.15.1" >&2; exit 1',
      /^pip could not download tensorflow-cpu==2\.15\.1: No matching distribution found for tensorflow-cpu==2\.15\.1$/,
    ],
    [
      'pip finds another checksum',
      `echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE." >&2
       echo "        Expected sha256 5466" >&2; echo "             Got        ${'ab'.repeat(32)}" >&2; exit 1`,
      new RegExp(
        `sent another file for tensorflow-cpu==2\\.15\\.1 than expected: sha256 ${'ab'.repeat(32)} instead`,
      ),
    ],
    [
      'the disk becomes full',
      `echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device" >&2; exit 1`,
      /^The disk became full while tensorflow-cpu==2\.15\.1 was downloaded: free /,
    ],
    [
      'pip overlooks a wrong checksum',
      'echo altered > "$dest/tensorflow.whl"',
      /than expected: sha256 [0-9a-f]{64} instead/,
    ],
    ['pip leaves no wheel', ':', /^pip could not download .*: it left no wheel$/],
  ])('leaves no half cache and says what is wrong when %s', async (_, script, message) => {
    tools.pipDownloads(script);
    await expect(run()).rejects.toThrow(message);
    expect(cached()).toEqual([]);
  });

  it('keeps what pip wrote as the cause of the error', async () => {
    tools.pipDownloads('echo "a wall of text" >&2; echo "ERROR: the point" >&2; exit 1');
    const error = (await run().catch((reason: unknown) => reason)) as Error;
    expect(error.message).toMatch(/: the point$/);
    expect(error.cause).toContain('a wall of text');
  });

  it('refuses a wheel that lacks a library', async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    tools = makeFakeTools(folder, { leftOut: 'tensorflow/libtensorflow_cc.so.2' });
    await expect(run()).rejects.toThrow(/could not be unpacked: KeyError: .*libtensorflow_cc\.so\.2/);
    expect(cached()).toEqual([]);
  });

  it("gives the compiler's telling line", async () => {
    tools.replace(
      'c++',
      `[ "$1" = --version ] && exit 0
       echo "In file included from x.cc:" >&2; echo "x.cc:1:2: error: 'foo' was not declared" >&2; echo "  1 | foo" >&2; exit 1`,
    );
    await expect(run()).rejects.toThrow(
      "The C++ compiler (c++) failed: x.cc:1:2: error: 'foo' was not declared. It must know C++17; set CXX",
    );
    expect(cached()).toEqual([]);
  });

  it('refuses to begin on a disk with too little space', async () => {
    await expect(
      run({}, { recipe: { ...tools.recipe, neededBytes: 1.5e9 }, freeBytes: () => 3e8 }),
    ).rejects.toThrow(`The disk of ${tools.cacheFolder} has 300 MB free, and set-up needs 1500 MB`);
    expect(cached()).toEqual([]);
  });

  it('does not publish an engine that does not load', async () => {
    const failing = run(
      {},
      { checkAddon: () => Promise.resolve({ loads: false, reason: 'no such symbol' }) },
    );
    await expect(failing).rejects.toThrow('The engine was made but does not load: no such symbol');
    expect(cached()).toEqual([]);
  });

  it('loads the addon in a process of its own to find out', async () => {
    const { cacheFolder, recipe, environment } = tools;
    await expect(setUpIn({ cacheFolder }, { recipe, environment })).rejects.toThrow(
      /^The engine was made but does not load: .*(file too short|invalid ELF header|not a mach-o|slice is not valid)/,
    );
    expect(cached()).toEqual([]);
  });

  it('does not publish an engine of another TensorFlow', async () => {
    const other = run({}, { checkAddon: () => Promise.resolve({ ...fakeCheck, version: '2.9.1' }) });
    await expect(other).rejects.toThrow('The engine says that it is TensorFlow 2.9.1 instead of 2.15.1.');
  });

  it('ends and leaves nothing when it is aborted', async () => {
    tools.pipDownloads('echo part > "$dest/part"; exec /bin/sleep 60');
    const interruption = new AbortController();
    const running = run({ signal: interruption.signal });
    await waitFor(() =>
      cached().some((name) =>
        existsSync(join(enginesFolder(tools.cacheFolder), name, 'download/0/wheel/part')),
      ),
    );
    interruption.abort();
    await expect(running).rejects.toThrow(/abort/);
    expect(cached()).toEqual([]);
  });

  it('makes a damaged engine anew', async () => {
    const { folder: made } = await run();
    truncateSync(join(made, 'lib/libtensorflow_cc.so.2'), 3);
    expect((await run()).alreadyThere).toBe(false);
    expect(statSync(join(made, 'lib/libtensorflow_cc.so.2')).size).toBe(40);

    // Damage that leaves the size.
    writeFileSync(join(made, 'lib/libtensorflow_cc.so.2'), 'x'.repeat(40));
    expect((await run()).alreadyThere).toBe(false);
    expect(readFileSync(join(made, 'lib/libtensorflow_cc.so.2'), 'utf8')).toMatch(/^this is/);

    rmSync(join(made, 'manifest.json'));
    expect((await run()).alreadyThere).toBe(false);
    expect(cached()).toEqual([tools.recipe.key]);
  });

  it('makes a whole engine again when it is forced to', async () => {
    const { folder: made } = await run();
    writeFileSync(join(made, 'mark'), '');
    expect((await run({ force: true })).alreadyThere).toBe(false);
    expect(existsSync(join(made, 'mark'))).toBe(false);
    expect(cached()).toEqual([tools.recipe.key]);
    expect((await run()).alreadyThere).toBe(true);
  });

  it('gives up on an index that sends without an end', async () => {
    tools.pipDownloads('/usr/bin/truncate -s 1G "$dest/part"; exec /bin/sleep 60');
    await expect(run()).rejects.toThrow(
      /^The package index sent more than 1074 MB, and 0 MB are right\. Nothing of it was kept: check the mirror/,
    );
    expect(cached()).toEqual([]);
  });

  it('may run twice at once: both end well, with one engine', async () => {
    // Each download waits until both have begun.
    const begun = join(folder, 'begun');
    mkdirSync(begun);
    tools.pipDownloads(
      `: > "${begun}/$$"; while set -- "${begun}"/*; [ $# -lt 2 ]; do :; done; /bin/cp "$wheel" "$dest"`,
    );
    const processes = [startProcess(), startProcess()];
    const outputs = processes.map(async (child) => {
      let text = '';
      child.stdout!.on('data', (data: Buffer) => (text += data.toString()));
      const [code] = (await once(child, 'close')) as [number];
      return { code, text };
    });
    for (const { code, text } of await Promise.all(outputs)) {
      expect({ code, text }).toEqual({ code: 0, text: '{"alreadyThere":false}' });
    }
    expect(cached()).toEqual([tools.recipe.key]);
    expect((await run()).alreadyThere).toBe(true);
  });

  it('survives a kill -9: no engine is there, and the next set-up removes what was left', async () => {
    const downloading = join(folder, 'downloading');
    tools.pipDownloads(`echo part > "$dest/part"; echo $$ > "${downloading}"; exec /bin/sleep 60`);
    const child = startProcess();
    await waitFor(() => existsSync(downloading) && readFileSync(downloading, 'utf8') !== '');
    child.kill('SIGKILL');
    await once(child, 'exit');
    process.kill(Number(readFileSync(downloading, 'utf8')));
    expect(cached()).toEqual([expect.stringMatching(/^\.making\./)]);

    tools.pipDownloads('/bin/cp "$wheel" "$dest"');
    expect((await run()).alreadyThere).toBe(false);
    expect(cached()).toEqual([tools.recipe.key]);
  });

  it('takes the variant for GPUs with the libraries of CUDA, where TensorFlow looks for them', async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    tools = makeFakeTools(folder, { variant: 'gpu' });
    const told: SetUpProgress[] = [];
    const { folder: made } = await run({ variant: 'gpu', onProgress: (progress) => told.push(progress) });
    expect(made).toMatch(/-linux-x64-gpu-napi8\.\d+$/);
    const files = readdirSync(made, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(
      expect.arrayContaining([
        ...['lib/libtensorflow_cc.so.2', 'lib/libtensorflow_framework.so.2', 'addon/tfjs_binding.node'],
        ...['nvidia/cuda_runtime/lib/libcudart.so.12', 'nvidia/cublas/lib/libcublasLt.so.12'],
        ...['nvidia/cudnn/lib/libcudnn_cnn_train.so.8', 'nvidia/cufft/lib/libcufft.so.11'],
        ...['nvidia/cusolver/lib/libcusolver.so.11', 'nvidia/cusparse/lib/libcusparse.so.12'],
        ...['nvidia/nvjitlink/lib/libnvJitLink.so.12', 'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc'],
        ...['licences/LICENSE', 'licences/nvidia-cudnn-cu12/LICENSE'],
      ]),
    );
    expect(files).not.toContain('download');
    expect(statSync(join(made, 'nvidia/cuda_nvcc/bin/ptxas')).mode & 0o111).toBe(0o111);
    expect(told[0]!.message).toBe('Downloading TensorFlow 2.15.1 and CUDA (0 MB): 0 %');
    const manifest = JSON.parse(readFileSync(join(made, 'manifest.json'), 'utf8')) as {
      wheels: { requirement: string; sha256: string }[];
      files: { path: string }[];
    };
    expect(manifest.wheels.map(({ requirement }) => requirement)).toEqual(
      tools.recipe.wheels.map(({ requirement }) => requirement),
    );
    expect(manifest.files.map(({ path }) => path)).toContain('nvidia/cudnn/lib/libcudnn.so.8');
  });

  it('keeps no engine when one of the wheels of CUDA is another file', async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    tools = makeFakeTools(folder, { variant: 'gpu' });
    tools.pipDownloads(
      'case "$wheel" in *cudnn*) echo altered > "$dest/other.whl" ;; *) /bin/cp "$wheel" "$dest" ;; esac',
    );
    await expect(run({ variant: 'gpu' })).rejects.toThrow(
      /^The package index sent another file for nvidia-cudnn-cu12==8\.9\.4\.25 than expected: sha256 [0-9a-f]{64} instead/,
    );
    expect(cached()).toEqual([]);
  });

  it("leaves other machines' temporary folders alone for a day", async () => {
    const other = join(enginesFolder(tools.cacheFolder), '.making.1.00000000.another.machine');
    mkdirSync(other, { recursive: true });
    await run();
    expect(existsSync(other)).toBe(true);

    const longAgo = Date.now() / 1000 - 100_000;
    utimesSync(other, longAgo, longAgo);
    await run();
    expect(existsSync(other)).toBe(false);
  });

  it('says which cache folder cannot be written, and what to set', async () => {
    writeFileSync(tools.cacheFolder, 'a file where the folder should be');
    await expect(run()).rejects.toThrow(
      `The cache folder ${tools.cacheFolder} cannot be written (ENOTDIR): set HYPERSPHERICAL_CACHE to a folder you may write to.`,
    );
  });

  it('says so of a read-only cache folder', async () => {
    chmodSync(folder, 0o755);
    mkdirSync(tools.cacheFolder);
    chmodSync(tools.cacheFolder, 0o555);
    // Root may write everywhere: be nobody for a moment.
    const isRoot = process.geteuid!() === 0;
    if (isRoot) process.seteuid!(65534);
    try {
      await expect(run()).rejects.toThrow(
        `The cache folder ${tools.cacheFolder} cannot be written (EACCES): set HYPERSPHERICAL_CACHE to a folder you may write to.`,
      );
    } finally {
      if (isRoot) process.seteuid!(0);
      chmodSync(tools.cacheFolder, 0o755);
    }
    expect(cached()).toEqual([]);
  });
});
