import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import '../index.js';
import { compile, type CompileOptions } from './compile.js';

tf.env().registerFlag('DOUBLED', () => false);

afterEach(async () => {
  await tf.setBackend('tensorflow');
  tf.env().set('DOUBLED', false);
  tf.disposeVariables();
});

const x = tf.randomNormal<tf.Rank.R2>([4, 3], 0, 1, 'float32', 1);

interface Subject {
  readonly step: (x: tf.Tensor2D) => tf.Tensor;
  readonly change: () => unknown;
}

/** Results of a step before and after a change: as it is, and compiled, which must have been a graph before. */
async function results(make: () => Subject, options: CompileOptions = {}) {
  const found: number[][] = [];
  for (const isCompiled of [false, true]) {
    const { step, change } = make();
    const compiled = compile(step, options);
    const run = (): void => {
      const result = isCompiled ? compiled(x) : tf.tidy(() => step(x));
      found.push(Array.from(result.dataSync()));
      result.dispose();
    };
    for (let call = 0; call < 4; call++) run();
    if (isCompiled) expect(compiled.graphs()).toMatchObject([{}]);
    await change();
    for (let call = 0; call < 4; call++) run();
    if (isCompiled) expect(compiled.graphs().some(({ runs }) => runs > 0)).toBe(true);
    compiled.dispose();
    tf.disposeVariables();
  }
  return { plain: found.slice(0, 8), compiled: found.slice(8) };
}

const dense = (options: Partial<Parameters<typeof tf.layers.dense>[0]> = {}) =>
  tf.layers.dense({
    units: 2,
    inputShape: [3],
    kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
    ...options,
  });

/** A step that trains two variables by an optimizer, all variables or those it is given. */
function training(
  optimizer: tf.Optimizer,
  change: (kernel: tf.Variable, bias: tf.Variable) => unknown,
  isListed = false,
): Subject {
  const kernel: tf.Variable<tf.Rank.R2> = tf.variable(tf.ones<tf.Rank.R2>([3, 2]));
  const bias = tf.variable(tf.ones([2]));
  return {
    step: (x) =>
      optimizer.minimize(
        () => tf.mean(tf.square(tf.add(tf.matMul(x, kernel), bias))),
        true,
        isListed ? [kernel, bias] : undefined,
      )!,
    change: () => change(kernel, bias),
  };
}

/** A step that applies a layer, and a change of the layer's properties. */
function applying(layer: tf.layers.Layer, changes: object | (() => object)): Subject {
  return {
    step: (x) => layer.apply(x) as tf.Tensor,
    change: () => {
      Object.assign(layer, typeof changes === 'function' ? changes() : changes);
    },
  };
}

class Scaled extends tf.layers.Layer {
  static readonly className = 'ScaledForTracedState';
  factor = 2;
  settings = { shifts: [1, 2] };
  declare extra?: number;
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs];
    const shift = this.settings.shifts[1]!;
    return tf.tidy(() => tf.add(tf.mul(input!, this.factor), shift + (this.extra ?? 0)));
  }
}

/** An optimizer of a user's, with a rate that it keeps as a number. */
class Plain extends tf.Optimizer {
  static readonly className = 'PlainForTracedState';
  rate = 0.1;
  applyGradients(gradients: tf.NamedTensorMap): void {
    for (const [name, gradient] of Object.entries(gradients)) {
      const variable = tf.engine().registeredVariables[name]!;
      variable.assign(tf.tidy(() => tf.sub(variable, tf.mul(gradient, this.rate))));
    }
  }
  getConfig() {
    return {};
  }
}

/** An optimizer with properties that its type hides. */
const hidden = (optimizer: tf.Optimizer) => optimizer as unknown as Record<string, number>;

describe('a compiled step notices', () => {
  it.each<[string, () => Subject]>([
    [
      'that a variable is no longer trainable',
      () => training(tf.train.sgd(0.1), (kernel) => (kernel.trainable = false)),
    ],
    [
      'the same of a listed variable',
      () => training(tf.train.adam(0.1), (kernel) => (kernel.trainable = false), true),
    ],
    ...(['adam', 'rmsprop', 'adagrad', 'adamax', 'momentum', 'sgd'] as const).map(
      (name): [string, () => Subject] => [
        `another learning rate of tf.train.${name}, which nobody has named`,
        () => {
          const optimizer = name === 'momentum' ? tf.train.momentum(0.1, 0.9) : tf.train[name](0.1);
          return training(optimizer, () => {
            if ('setLearningRate' in optimizer) optimizer.setLearningRate(0.3);
            else hidden(optimizer).learningRate = 0.3;
          });
        },
      ],
    ),
    [
      'another beta of adam',
      () => {
        const optimizer = tf.train.adam(0.1);
        return training(optimizer, () => (hidden(optimizer).beta1 = 0.2));
      },
    ],
    [
      "another rate of a user's own optimizer",
      () => {
        const optimizer = new Plain();
        return training(optimizer, () => (optimizer.rate = 0.3));
      },
    ],
    [
      'another kernel of a layer',
      () => applying(dense(), () => ({ kernel: built(dense({ kernelInitializer: 'ones' })).kernel })),
    ],
    [
      'another activation',
      () => applying(dense(), () => ({ activation: built(dense({ activation: 'relu' })).activation })),
    ],
    ['another slope of a leaky ReLU', () => applying(tf.layers.leakyReLU({ alpha: 0.1 }), { alpha: 0.5 })],
    ["another number of a user's own layer", () => applying(new Scaled({}), { factor: 3 })],
    [
      'numbers in objects and arrays that a layer holds',
      () => applying(new Scaled({}), { settings: { shifts: [1, 7] } }),
    ],
    [
      'the same, changed in place',
      () => {
        const layer = new Scaled({});
        return { step: (x) => layer.apply(x) as tf.Tensor, change: () => (layer.settings.shifts[1] = 9) };
      },
    ],
    ['a property that a layer gets later', () => applying(new Scaled({}), { extra: 4 })],
    [
      'a layer that is frozen in a model',
      () => {
        const model = tf.sequential({ layers: [dense(), dense({ inputShape: [2] })] });
        const optimizer = tf.train.momentum(0.1, 0.9);
        return {
          step: (x) => optimizer.minimize(() => tf.mean(tf.square(model.apply(x) as tf.Tensor)), true)!,
          change: () => (model.layers[1]!.trainable = false),
        };
      },
    ],
    [
      'that a model is to stop, where the step asks',
      () => {
        const input = tf.input({ shape: [3] });
        const model = tf.model({ inputs: input, outputs: dense().apply(input) as tf.SymbolicTensor });
        return {
          step: (x) => (model.stopTraining ? tf.zeros([1]) : (model.apply(x) as tf.Tensor)),
          change: () => (model.stopTraining = true),
        };
      },
    ],
    [
      'a flag of tf.env',
      () => {
        tf.env().set('DOUBLED', false);
        return {
          step: (x) => tf.mul(x, tf.env().getBool('DOUBLED') ? 2 : 1),
          change: () => {
            tf.env().set('DOUBLED', true);
          },
        };
      },
    ],
    [
      'a variable that was disposed and replaced',
      () => {
        let factor = tf.variable(tf.scalar(2));
        return {
          step: (x) => tf.mul(x, factor),
          change: () => {
            factor.dispose();
            factor = tf.variable(tf.scalar(5));
          },
        };
      },
    ],
    [
      'variables that were used on another backend meanwhile',
      () =>
        training(tf.train.momentum(0.1, 0.9), async (kernel) => {
          await tf.setBackend('cpu');
          tf.neg(kernel).dataSync();
          await tf.setBackend('tensorflow');
        }),
    ],
  ])('%s', async (_, make) => {
    const { plain, compiled } = await results(make);
    expect(compiled.flat()).toBeClose(plain.flat());
    // The change means something.
    expect(plain.at(-1)).not.toEqual(plain[3]!);
  });
});

describe('the graphs of a compiled step', () => {
  it('are kept for each state, such as layers frozen or not', () => {
    const weight = tf.variable(tf.scalar(1));
    const other = tf.variable(tf.scalar(1));
    const optimizer = tf.train.sgd(0.1);
    const step = compile(() => optimizer.minimize(() => tf.mul(weight, other), true)!);
    for (let call = 0; call < 12; call++) {
      weight.trainable = call % 3 > 0;
      step().dispose();
    }
    expect(step.graphs().map(({ runs }) => runs)).toEqual([6, 2]);
  });

  it('are not kept for learning rates and other numbers of the past', () => {
    const layer = tf.layers.leakyReLU({ alpha: 0 });
    const step = compile((x: tf.Tensor2D) => layer.apply(x) as tf.Tensor);
    for (let call = 0; call < 12; call++) {
      Object.assign(layer, { alpha: Math.floor(call / 3) });
      step(x).dispose();
    }
    expect(step.graphs()).toMatchObject([{ runs: 1 }]);
  });

  it('serve on, whatever else of the program changes', () => {
    const layer = new Scaled({});
    const step = compile((x: tf.Tensor2D) => layer.apply(x) as tf.Tensor);
    const others = [tf.variable(tf.scalar(1))];
    for (let call = 0; call < 6; call++) {
      Object.assign(layer, { unread: call });
      others.push(tf.variable(tf.scalar(call)));
      tf.env().set('DOUBLED', call % 2 === 0);
      step(x).dispose();
    }
    expect(step.graphs()).toMatchObject([{ runs: 4 }]);
  });
});

describe('debug mode', () => {
  it('is refused, since a graph has no results of operations to check', () => {
    const step = compile((x: tf.Tensor2D) => tf.square(x));
    for (let call = 0; call < 3; call++) step(x).dispose();
    tf.env().set('DEBUG', true);
    try {
      expect(() => step(x)).toThrow(/^tf\.enableDebugMode is on and checks the result of each operation/);
    } finally {
      tf.env().set('DEBUG', false);
    }
    expect(step(x)).toBeClose(tf.square(x).arraySync());
  });
});

/** A layer with its weights. */
function built(layer: tf.layers.Layer): Record<string, unknown> {
  layer.build([null, 3]);
  return layer as unknown as Record<string, unknown>;
}
