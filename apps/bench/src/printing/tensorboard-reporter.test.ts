import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node } from '@hyperspherical/tfjs-native';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleEpoch, exampleResult } from '../../test/example-run.js';
import type { Reporter } from '../records/training-event.js';
import { createTensorBoardReporter } from './tensorboard-reporter.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-tensorboard-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** CRC-32C, bit by bit, and as TensorFlow masks it. */
function maskedChecksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The records of a TFRecord file, each with its checksums verified. */
function records(file: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    expect(file.readUInt32LE(at + 8)).toBe(maskedChecksum(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(file.readUInt32LE(at + 12 + length)).toBe(maskedChecksum(data));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

/** The fields of a protobuf message, in order: numbers as they are, and what has a length as bytes. */
function fields(message: Buffer): [number, number | Buffer][] {
  const found: [number, number | Buffer][] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at]!;
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const take = (length: number): Buffer => message.subarray(at, (at += length));
    switch (key & 7) {
      case 0:
        found.push([key >> 3, varint()]);
        break;
      case 1:
        found.push([key >> 3, take(8).readDoubleLE()]);
        break;
      case 2:
        found.push([key >> 3, take(varint())]);
        break;
      default:
        found.push([key >> 3, take(4).readFloatLE()]);
    }
  }
  return found;
}

const field = (message: Buffer, number: number): Buffer | number | undefined =>
  fields(message).find(([found]) => found === number)?.[1];

/** `[tag, step, value]` of every scalar, in order. Event: step 2, summary 5; summary: value 1; value: tag 1, float 2. */
function scalars(): [string, number, number][] {
  const place = join(folder, 'tensorboard');
  const [name, ...others] = readdirSync(place);
  expect(others).toEqual([]);
  return records(readFileSync(join(place, name!))).flatMap((event): [string, number, number][] => {
    const summary = field(event, 5) as Buffer | undefined;
    if (summary === undefined) return [];
    const value = field(summary, 1) as Buffer;
    return [
      [
        (field(value, 1) as Buffer).toString(),
        (field(event, 2) as number | undefined) ?? 0,
        field(value, 2) as number,
      ],
    ];
  });
}

function start(reporter: Reporter): void {
  reporter.report({
    kind: 'run-start',
    title: 'softmax',
    seed: 0,
    metric: { name: 'accuracy', higherIsBetter: true },
    folder,
    epochs: 3,
    stepsPerEpoch: 10,
    batchSize: 100,
    trainImages: 1000,
    testImages: 100,
    parameters: 42,
  });
}

const stepEnd = (epoch: number, step: number, loss: number): Parameters<Reporter['report']>[0] => ({
  kind: 'step-end',
  epoch,
  step,
  images: 100,
  seconds: 1,
  loss,
  learningRate: 0.1,
});

describe('createTensorBoardReporter', () => {
  it('writes what TensorBoard reads: the loss of every step, and every epoch at the step that ended it', () => {
    const reporter = createTensorBoardReporter(node);
    start(reporter);
    reporter.report(stepEnd(1, 10, 0.75));
    reporter.report({ kind: 'epoch-end', record: exampleEpoch(1) });
    reporter.report(stepEnd(2, 1, 0.5));
    reporter.report({ kind: 'run-end', result: exampleResult() });
    reporter.close();
    expect(scalars()).toEqual([
      ['step/loss', 10, 0.75],
      ['loss/train', 10, 1],
      ['loss/test', 10, 1.25],
      ['test/accuracy', 10, 0.5],
      ['learning rate', 10, expect.closeTo(0.1, 6)],
      ['speed/images per second', 10, 1000],
      ['step/loss', 11, 0.5],
    ]);
  });

  it('has kept the epochs that ended when the process is killed', () => {
    const reporter = createTensorBoardReporter(node);
    start(reporter);
    reporter.report({ kind: 'epoch-end', record: exampleEpoch(2) });
    reporter.report(stepEnd(3, 1, 0.5));
    expect(scalars().map(([tag]) => tag)).toEqual(expect.arrayContaining(['loss/train', 'test/accuracy']));
    reporter.close();
  });
});
