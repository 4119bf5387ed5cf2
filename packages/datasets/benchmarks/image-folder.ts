/**
 * How long a folder of JPEG files by class takes until its images are normalised batches of floats, beside ImageFolder and DataLoader of torchvision with as many workers:
 * `node --conditions=@hyperspherical/source --import tsx packages/datasets/benchmarks/image-folder.ts [--workers 2] [--epochs 5] [--reuse-buffers] [--python python3] [--json]`.
 * Makes its own files. Epochs of both take turns; the table has medians. Without torchvision it shows ours alone. It also loads CIFAR-100 from `--cifar100 <folder>`, where given.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { streamBatches } from '../src/index.js';
import { loadDataset, openDataset } from '../src/node.js';

const { values: options } = parseArgs({
  options: {
    workers: { type: 'string', default: '2' },
    epochs: { type: 'string', default: '5' },
    python: { type: 'string', default: 'python3' },
    cifar100: { type: 'string' },
    'reuse-buffers': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const workers = Number(options.workers);
const epochs = Number(options.epochs);
const batchSize = 64;
const reuseBuffers = options['reuse-buffers'];
const normalise = { mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225] };

interface Case {
  readonly what: string;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** What images are brought to; absent: they stay as they are. */
  readonly imageSize?: number;
}

const cases: readonly Case[] = [
  { what: '64 x 64, as they are (Tiny ImageNet)', count: 3000, height: 64, width: 64 },
  { what: '375 x 500 to 224 x 224 (ImageNet, CUB)', count: 600, height: 375, width: 500, imageSize: 224 },
  { what: '960 x 1280 to 224 x 224 (a camera)', count: 120, height: 960, width: 1280, imageSize: 224 },
];

/** Files with the contents of photographs, as far as decoding goes: smooth shapes with grain. */
async function writeFiles(folder: string, { count, height, width }: Case): Promise<void> {
  let state = 1;
  const noise = (): number => ((state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31) * 256;
  for (let index = 0; index < count; index += 1) {
    const small = { width: Math.ceil(width / 16), height: Math.ceil(height / 16), channels: 3 as const };
    const seeds = Uint8Array.from({ length: small.width * small.height * 3 }, noise);
    const image = await sharp(seeds, { raw: small })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    for (let at = 0; at < image.length; at += 1)
      image[at] = Math.min(255, Math.max(0, image[at]! + (noise() - 128) / 12));
    const place = join(folder, `class-${index % 10}`);
    await mkdir(place, { recursive: true });
    const jpeg = sharp(image, { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 });
    await writeFile(join(place, `${index}.jpg`), await jpeg.toBuffer());
  }
}

const peerProgram = `
import sys, time, json, resource
import torch, torchvision
from torchvision import transforms as T, datasets
folder, size, workers, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
steps = ([T.Resize(size), T.CenterCrop(size)] if size else []) + [T.ToTensor(), T.Normalize([.485, .456, .406], [.229, .224, .225])]
data = datasets.ImageFolder(folder, T.Compose(steps))
loader = torch.utils.data.DataLoader(data, batch_size=batch, shuffle=True, num_workers=workers, persistent_workers=True)
print(json.dumps({'torchvision': torchvision.__version__}), flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    images = sum(len(labels) for _, labels in loader)
    print(json.dumps({'images': images, 'seconds': time.perf_counter() - start}), flush=True)
`;

/** A peer that runs one epoch each time it is asked. */
function startPeer(
  folder: string,
  imageSize: number,
): { readonly epoch: () => Promise<number | undefined>; readonly end: () => void } {
  const child: ChildProcessWithoutNullStreams = spawn(options.python, [
    '-c',
    peerProgram,
    folder,
    String(imageSize),
    options.workers,
    String(batchSize),
  ]);
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const started = lines.next();
  return {
    epoch: async () => {
      if ((await started).done === true) return undefined;
      child.stdin.write('go\n');
      const answer = await lines.next();
      if (answer.done === true) return undefined;
      const { images, seconds } = JSON.parse(answer.value) as { images: number; seconds: number };
      return (seconds * 1000) / images;
    },
    end: () => child.kill(),
  };
}

function median(numbers: readonly number[]): number | undefined {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

const rows: {
  what: string;
  ours: number;
  peer: number | undefined;
  ratio: number | undefined;
  peakMegabytes: number;
}[] = [];
for (const one of cases) {
  const folder = await mkdtemp(join(tmpdir(), 'image-folder-'));
  await writeFiles(folder, one);
  const { imageSize } = one;
  const dataset = await openDataset('image-folder', {
    folder,
    workers,
    ...(imageSize !== undefined && { imageSize }),
  });
  const peer = startPeer(folder, imageSize ?? 0);
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  let peak = 0;
  // The first epoch of both starts threads and fills the file cache.
  for (let epoch = 0; epoch <= epochs; epoch += 1) {
    const start = performance.now();
    let images = 0;
    for await (const batch of streamBatches(dataset, {
      batchSize,
      seed: 0,
      epoch,
      normalise,
      reuseBuffers,
    })) {
      images += batch.shape[0];
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    const ours = (performance.now() - start) / images;
    const theirs = await peer.epoch();
    if (epoch === 0) continue;
    times.ours.push(ours);
    if (theirs !== undefined) times.peer.push(theirs);
  }
  peer.end();
  await dataset.close();
  await rm(folder, { recursive: true });
  const [ours, theirs] = [median(times.ours)!, median(times.peer)];
  rows.push({
    what: one.what,
    ours,
    peer: theirs,
    ratio: theirs === undefined ? undefined : theirs / ours,
    peakMegabytes: peak / 1e6,
  });
}

const cifarSeconds: number[] = [];
for (let run = 0; options.cifar100 !== undefined && run < 5; run += 1) {
  const start = performance.now();
  await loadDataset('cifar100', { folder: options.cifar100 });
  await loadDataset('cifar100', { folder: options.cifar100, split: 'test' });
  cifarSeconds.push((performance.now() - start) / 1000);
}

const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  workers,
  batchSize,
  reuseBuffers,
};
if (options.json) {
  process.stdout.write(
    `${JSON.stringify({ ...machine, rows, cifar100Seconds: median(cifarSeconds) }, null, 2)}\n`,
  );
} else {
  const shown = (value: number | undefined, unit: string): string =>
    (value === undefined ? '-' : `${value.toFixed(3)} ${unit}`).padStart(13);
  process.stdout.write(
    `Node ${machine.node}, ${machine.cores} x ${machine.cpu}; ${workers} workers, batches of ${batchSize}${reuseBuffers ? ' whose arrays are reused' : ''}; medians of ${epochs} epochs, one image\n`,
  );
  process.stdout.write(
    `${''.padEnd(40)}${'ours'.padStart(13)}${'torchvision'.padStart(13)}${'ratio'.padStart(13)}${'our peak'.padStart(13)}\n`,
  );
  for (const { what, ours, peer, ratio, peakMegabytes } of rows) {
    process.stdout.write(
      `${what.padEnd(40)}${shown(ours, 'ms')}${shown(peer, 'ms')}${shown(ratio, 'x')}${`${peakMegabytes.toFixed(0)} MB`.padStart(13)}\n`,
    );
  }
  if (cifarSeconds.length > 0)
    process.stdout.write(
      `CIFAR-100 from disk to arrays, 60,000 images: ${median(cifarSeconds)!.toFixed(3)} s\n`,
    );
}
