import { afterEach, describe, expect, it } from 'vitest';
import '../test/backends.js';
import type { Backbone, BackboneOptions } from './backbone.js';
import { createBackbone } from './create-backbone.js';
import type { NamedWeight } from './named-weights.js';
import { weightsFromTorchvision } from './weights-from-torchvision.js';

let backbone: Backbone | undefined;
afterEach(() => backbone?.dispose());

const torchParts: Readonly<Record<string, string>> = {
  filter: 'weight',
  weights: 'weight',
  scale: 'weight',
  offset: 'bias',
  bias: 'bias',
  runningMean: 'running_mean',
  runningVariance: 'running_var',
};

/** The module of torchvision that holds a weight of ours: the way back, by other means. */
function moduleOf(kind: string, path: readonly string[], part: string): string {
  const isFilter = part === 'filter';
  const [area, first, second, third, fourth] = path;
  if (area === 'output') return kind === 'resnet' ? 'fc' : 'classifier';
  if (kind === 'resnet') {
    if (area === 'stem') return isFilter ? 'conv1' : 'bn1';
    const block = `layer${Number(first) + 1}.${third!}`;
    if (fourth === 'shortcut') return `${block}.downsample.${isFilter ? 0 : 1}`;
    return `${block}.${isFilter ? 'conv' : 'bn'}${fourth === 'first' ? 1 : 2}`;
  }
  if (area === 'stem') return `features.${isFilter ? 'conv0' : 'norm0'}`;
  if (area === 'last') return 'features.norm5';
  if (area === 'transitions') return `features.transition${Number(first) + 1}.${isFilter ? 'conv' : 'norm'}`;
  const which = third ?? '';
  return (
    `features.denseblock${Number(first) + 1}.denselayer${Number(second) + 1}.` +
    `${isFilter ? 'conv' : 'norm'}${which === 'first' ? 1 : 2}`
  );
}

function asTorchvision(kind: string, { name, shape, values }: NamedWeight): NamedWeight {
  const path = name.split('.');
  const part = path.pop()!;
  const torchName = `${moduleOf(kind, path, part)}.${torchParts[part]!}`;
  if (shape.length === 1) return { name: torchName, shape, values };
  // tf.transpose takes seconds for the large filters.
  const [height, width, inputs, outputs] = shape.length === 4 ? shape : [1, 1, ...shape];
  const turned = new Float32Array(values.length);
  let at = 0;
  for (let output = 0; output < outputs!; output += 1) {
    for (let input = 0; input < inputs!; input += 1) {
      for (let y = 0; y < height!; y += 1) {
        for (let x = 0; x < width!; x += 1) {
          turned[at++] = values[((y * width! + x) * inputs! + input) * outputs! + output]!;
        }
      }
    }
  }
  const torchShape = shape.length === 4 ? [outputs!, inputs!, height!, width!] : [outputs!, inputs!];
  return { name: torchName, shape: torchShape, values: turned };
}

describe('weightsFromTorchvision', () => {
  it.each([
    { kind: 'resnet', depth: 18, outputDimensions: 3 },
    { kind: 'densenet', depth: 121, outputDimensions: 3 },
  ] satisfies BackboneOptions[])('names and turns the weights of %o', (options) => {
    backbone = createBackbone(options);
    const weights = backbone.weights();
    const theirs = weights.map((weight) => asTorchvision(options.kind, weight));
    expect(theirs[0]).toMatchObject({
      name: options.kind === 'resnet' ? 'conv1.weight' : 'features.conv0.weight',
      shape: [64, 3, 7, 7],
    });
    const counters = [{ name: 'bn1.num_batches_tracked', shape: [], values: Float32Array.of(0) }];
    const found = weightsFromTorchvision([...theirs, ...counters]);
    expect(found.map(({ name, shape }) => [name, shape])).toEqual(
      weights.map(({ name, shape }) => [name, shape]),
    );
    // Eleven million numbers are too many for toEqual.
    const bytes = (values: Float32Array): Buffer =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    expect(found.every(({ values }, index) => bytes(values).equals(bytes(weights[index]!.values)))).toBe(
      true,
    );
  });

  it('turns a filter [outputs, inputs, height, width] by hand', () => {
    const [turned] = weightsFromTorchvision([
      { name: 'conv1.weight', shape: [2, 1, 1, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
    ]);
    expect(turned).toEqual({
      name: 'stem.filter',
      shape: [1, 3, 1, 2],
      values: Float32Array.of(1, 4, 2, 5, 3, 6),
    });
  });

  it('knows the names of older files', () => {
    const values = Float32Array.of(1);
    const [old] = weightsFromTorchvision([
      { name: 'features.denseblock2.denselayer3.norm.2.weight', shape: [1], values },
    ]);
    expect(old!.name).toBe('blocks.1.2.second.scale');
  });

  it.each([
    'module.layer1.0.conv2.weight',
    '_orig_mod.layer1.0.conv2.weight',
    '_orig_mod.module.layer1.0.conv2.weight',
    'layer1._orig_mod.0.conv2.weight',
    'layer1.0.module.conv2.weight',
  ])('takes the wrappers of DataParallel and torch.compile off %s', (name) => {
    const [found] = weightsFromTorchvision([{ name, shape: [1, 1, 1, 1], values: Float32Array.of(1) }]);
    expect(found!.name).toBe('stages.0.blocks.0.second.filter');
  });

  it('refuses a shape that its numbers do not fill, before it turns them', () => {
    expect(() =>
      weightsFromTorchvision([{ name: 'conv1.weight', shape: [1e9, 1e9, 1, 1], values: Float32Array.of(1) }]),
    ).toThrow(
      new RangeError('conv1.weight has 1 numbers, which do not fill its shape [1000000000,1000000000,1,1].'),
    );
  });

  it('refuses weights of something else', () => {
    const values = Float32Array.of(1);
    for (const name of ['layer1.0.conv3.weight', 'encoder.weight', 'conv1.gamma', 'weight']) {
      expect(() => weightsFromTorchvision([{ name, shape: [1], values }])).toThrow(
        new RangeError(`${name} is no weight of a ResNet-18 or 34 or a DenseNet of torchvision.`),
      );
    }
  });
});
