import { forEachBackend } from '@hyperspherical/testing';
import { tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends } from '../../test/backends.js';
import { referenceConvolution, referenceRelu, type ReferenceImages } from '../../test/reference-layers.js';
import { createBackbone } from '../create-backbone.js';

/** The maximum of every 2x2 pixels; an odd last row or column is left out. */
function referenceMaxPool({
  shape: [batch, height, width, channels],
  values,
}: ReferenceImages): ReferenceImages {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  const pooled = Float64Array.from({ length: batch * rows * columns * channels }, (_, index) => {
    const channel = index % channels;
    const column = Math.floor(index / channels) % columns;
    const row = Math.floor(index / channels / columns) % rows;
    const image = Math.floor(index / channels / columns / rows);
    const at = (y: number, x: number): number =>
      values[((image * height + y) * width + x) * channels + channel]!;
    return Math.max(...[0, 1].flatMap((y) => [0, 1].map((x) => at(2 * row + y, 2 * column + x))));
  });
  return { shape: [batch, rows, columns, channels], values: pooled };
}

function referenceLinear(
  rows: Float64Array,
  weights: ArrayLike<number>,
  bias: ArrayLike<number>,
): Float64Array {
  const inputs = weights.length / bias.length;
  return Float64Array.from({ length: (rows.length / inputs) * bias.length }, (_, index) => {
    const [row, output] = [Math.floor(index / bias.length), index % bias.length];
    let total = bias[output]!;
    for (let input = 0; input < inputs; input += 1) {
      total += rows[row * inputs + input]! * weights[input * bias.length + output]!;
    }
    return total;
  });
}

forEachBackend(backends, () => {
  describe('an mlp', () => {
    it('is linear layers with ReLU between them', () => {
      const backbone = createBackbone({
        kind: 'mlp',
        imageShape: [1, 2, 1],
        hidden: [2],
        outputDimensions: 1,
      });
      backbone.loadWeights([
        { name: 'hidden.0.weights', shape: [2, 2], values: Float32Array.of(1, 2, 3, -4) },
        { name: 'hidden.0.bias', shape: [2], values: Float32Array.of(10, 1) },
        { name: 'output.weights', shape: [2, 1], values: Float32Array.of(1, 100) },
        { name: 'output.bias', shape: [1], values: Float32Array.of(0.5) },
      ]);
      // Of [1, 1]: the hidden layer is [14, -1], after ReLU [14, 0].
      expect(backbone.apply(tensor4d([1, 1, 1, 0], [2, 1, 2, 1]))).toBeClose([[14.5], [311.5]]);
      backbone.dispose();
    });
  });

  describe('a convnet', () => {
    it('computes what a recomputation in float64 does', () => {
      const backbone = createBackbone({
        kind: 'convnet',
        imageShape: [9, 8, 2],
        channels: [3, 4],
        hidden: 5,
        outputDimensions: 2,
        seed: 9,
      });
      const images: ReferenceImages = {
        shape: [2, 9, 8, 2],
        values: Float64Array.from({ length: 288 }, (_, index) => Math.fround(Math.sin(index ** 2))),
      };
      const weights = new Map(backbone.weights().map(({ name, values }) => [name, values]));
      const value = (name: string): Float32Array => weights.get(name)!;
      const block = (x: ReferenceImages, name: string, outputs: number): ReferenceImages => {
        const convolved = referenceConvolution(x, value(`${name}.filter`), {
          kernelSize: 3,
          outputs,
          stride: 1,
        });
        const values = convolved.values.map((each, index) => each + value(`${name}.bias`)[index % outputs]!);
        return referenceMaxPool(referenceRelu({ shape: convolved.shape, values }));
      };
      const features = block(block(images, 'first', 3), 'second', 4);
      const hidden = referenceLinear(features.values, value('hidden.weights'), value('hidden.bias'));
      const outputs = referenceLinear(
        hidden.map((each) => Math.max(0, each)),
        value('output.weights'),
        value('output.bias'),
      );
      const x = tensor4d(Float32Array.from(images.values), [2, 9, 8, 2]);
      expect(backbone.apply(x).dataSync()).toBeClose(outputs);
      x.dispose();
      backbone.dispose();
    });
  });
});

describe('the parameters of small networks', () => {
  it('are those of their layers', () => {
    const convnet = createBackbone({ kind: 'convnet', imageShape: [28, 28, 1], outputDimensions: 10 });
    // 3x3 convolutions 1 -> 32 -> 64, linear 7 * 7 * 64 -> 128 -> 10, all with bias.
    expect(convnet.parameterCount).toBe(320 + 18_496 + 401_536 + 1290);
    convnet.dispose();
    const mlp = createBackbone({ kind: 'mlp', imageShape: [28, 28, 1], outputDimensions: 10 });
    expect(mlp.parameterCount).toBe(785 * 128 + 129 * 10);
    mlp.dispose();
  });
});
