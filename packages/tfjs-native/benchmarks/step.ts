// One training step as it is (eager) and compiled (graph), step by step in turn; memory from a process for each.
//   node --conditions=@hyperspherical/source --import tsx packages/tfjs-native/benchmarks/step.ts
// Options: --depth 32, --batch 128, --steps 10 (a round), --rounds 5, --json (one document),
// --peer path (a program that takes --batch, --depth and --steps and prints JSON with millisecondsPerStep and
// peakMegabytes, such as the same step in PyTorch), --python path (what runs the peer; default python3).
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { compile, createSgd, nativeEngine } from '../src/index.js';
import { resnet } from './resnet.js';

type Way = 'eager' | 'graph';

interface Round {
  readonly millisecondsPerStep: Readonly<Partial<Record<Way, number>>>;
  readonly peakMegabytes: number;
  /** From the first call to the end of the first step that ran as a graph. */
  readonly firstGraphStepMilliseconds: number;
}

interface PeerRound {
  readonly millisecondsPerStep: number;
  readonly peakMegabytes: number;
}

/** Two calls to record, and the first run of a graph. */
const warmUp = 3;

const { values: options } = parseArgs({
  options: {
    depth: { type: 'string', default: '32' },
    batch: { type: 'string', default: '128' },
    steps: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    peer: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    way: { type: 'string' },
  },
});

if (options.way === undefined) compare();
else console.log(JSON.stringify(measure(options.way.split(',') as Way[])));

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!;
}

/** A network of its own, and a step that trains it. */
function trainingStep(way: Way): (...feeds: [tf.Tensor4D, tf.Tensor2D, tf.Scalar]) => tf.Scalar {
  const network = resnet(Number(options.depth), 50);
  const sgd = createSgd(network.weights, { momentum: 0.9, weightDecay: 1e-4 });
  const body = (images: tf.Tensor4D, targets: tf.Tensor2D, learningRate: tf.Scalar): tf.Scalar => {
    const { value, grads } = tf.variableGrads(
      () =>
        tf.tidy(() => {
          const outputs = network.apply(images);
          const cosines = tf.div(tf.sum(tf.mul(outputs, targets), 1), tf.norm(outputs, 2, 1));
          return tf.sum(tf.squaredDifference(cosines, 1));
        }),
      network.weights,
    );
    sgd.step(grads, learningRate);
    return value;
  };
  return way === 'graph' ? compile(body) : body;
}

/** The median steps of one process, taken in turn. */
function measure(ways: readonly Way[]): Round {
  const batch = Number(options.batch);
  const rate = tf.scalar(0.01);
  const targets = tf.tidy(() => {
    const rows = tf.randomNormal<tf.Rank.R2>([batch, 50], 0, 1, 'float32', 1);
    return tf.div<tf.Tensor2D>(rows, tf.norm(rows, 2, 1, true));
  });
  const runs = ways.map((way) => ({ way, step: trainingStep(way), times: [] as number[] }));
  for (let index = 0; index < Number(options.steps) + warmUp; index++) {
    const images = tf.randomNormal<tf.Rank.R4>([batch, 32, 32, 3], 0, 1, 'float32', index);
    for (const { step, times } of runs) {
      const start = performance.now();
      const loss = step(images, targets, rate);
      loss.dataSync();
      times.push(performance.now() - start);
      loss.dispose();
    }
    images.dispose();
  }
  const graphTimes = runs.find(({ way }) => way === 'graph')?.times ?? [];
  return {
    millisecondsPerStep: Object.fromEntries(runs.map(({ way, times }) => [way, median(times.slice(warmUp))])),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    firstGraphStepMilliseconds: graphTimes.slice(0, warmUp).reduce((sum, time) => sum + time, 0),
  };
}

function compare(): void {
  const common = ['--batch', options.batch, '--depth', options.depth, '--steps', options.steps];
  const own = (way: string): Round =>
    JSON.parse(
      execFileSync(
        process.execPath,
        [...process.execArgv, fileURLToPath(import.meta.url), '--way', way, ...common],
        { encoding: 'utf8' },
      ),
    ) as Round;
  const { peer } = options;
  const rounds: Round[] = [];
  const peerRounds: PeerRound[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    rounds.push(own('eager,graph'));
    if (peer === undefined) continue;
    peerRounds.push(
      JSON.parse(execFileSync(options.python, [peer, ...common], { encoding: 'utf8' })) as PeerRound,
    );
  }
  const batch = Number(options.batch);
  const alone = { eager: own('eager'), graph: own('graph') };
  const row = (way: string, times: readonly number[], ratios: readonly number[], peakMegabytes: number) => ({
    way,
    millisecondsPerStep: Number(median(times).toFixed(1)),
    imagesPerSecond: Math.round((1000 * batch) / median(times)),
    timesEager: Number(median(ratios).toFixed(2)),
    peakMegabytes,
  });
  const eagerTimes = rounds.map(({ millisecondsPerStep }) => millisecondsPerStep.eager!);
  const graphTimes = rounds.map(({ millisecondsPerStep }) => millisecondsPerStep.graph!);
  const peerTimes = peerRounds.map(({ millisecondsPerStep }) => millisecondsPerStep);
  const timesEager = (times: readonly number[]): number[] =>
    times.map((time, round) => eagerTimes[round]! / time);
  const rows = [
    row('eager', eagerTimes, timesEager(eagerTimes), alone.eager.peakMegabytes),
    row('graph', graphTimes, timesEager(graphTimes), alone.graph.peakMegabytes),
  ];
  if (peerTimes.length > 0) {
    const peak = median(peerRounds.map(({ peakMegabytes }) => peakMegabytes));
    rows.push(row('peer', peerTimes, timesEager(peerTimes), peak));
  }
  const document = {
    benchmark: 'step',
    depth: Number(options.depth),
    batch,
    steps: Number(options.steps),
    rounds: rounds.length,
    processor: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    tensorflow: nativeEngine().tensorflowVersion,
    date: new Date().toISOString().slice(0, 10),
    firstGraphStepMilliseconds: Math.round(alone.graph.firstGraphStepMilliseconds),
    rows,
  };
  if (options.json) {
    console.log(JSON.stringify(document, undefined, 2));
    return;
  }
  console.log(
    `ResNet-${document.depth}, batch ${batch}: medians of ${rounds.length} rounds; ` +
      `the first graph step ended ${document.firstGraphStepMilliseconds} ms after the first call.`,
  );
  console.table(rows);
  if (peer === undefined) console.log('Without --peer, ours stands alone.');
}
