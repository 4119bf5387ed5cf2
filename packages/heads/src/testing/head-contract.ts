import {
  add,
  dispose,
  gather,
  grad,
  memory,
  randomNormal,
  type Rank,
  reverse,
  type Scalar,
  sub,
  sum,
  Tensor,
  tensor1d,
  type Tensor2D,
  type TensorContainer,
  tidy,
  train,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { reduce } from '@hyperspherical/losses';
import { headFromJSON } from '../head-from-json.js';
import type { Head } from '../head.js';
import type { HeadConfiguration } from '../head-configuration.js';

/** One head under the contract. */
export interface HeadCase<Targets extends TensorContainer> {
  /** Makes the head; called once for every test, which disposes it. */
  readonly create: () => Head<Targets, TensorContainer>;
  /** Makes the targets of six examples. */
  readonly targets: () => Targets;
  /** Whether `prediction` is the right answer to `targets`; asked after outputs have been trained. */
  readonly expectLearned: (prediction: TensorContainer, targets: Targets) => void;
  /** Steps of Adam with rate 0.1 that free outputs get to learn the targets. Default 100. */
  readonly steps?: number;
  /** Makes a head again from JSON. Default `headFromJSON`; for heads that this package does not know. */
  readonly restore?: (configuration: { readonly kind: string }) => Head<Targets, TensorContainer>;
}

const batch = 6;

/** The tensors in a container: a tensor itself, or those of a record or list. */
function tensorsIn(container: unknown): Tensor[] {
  if (container instanceof Tensor) return [container as Tensor];
  if (typeof container !== 'object' || container === null) return [];
  return Object.values(container).flatMap((each) => tensorsIn(each));
}

/** Targets of no example, in the same container. */
function withoutExamples(container: unknown): unknown {
  if (container instanceof Tensor) {
    const { shape, dtype } = container as Tensor;
    return zeros([0, ...shape.slice(1)], dtype as 'int32' | 'float32');
  }
  const entries = Object.entries(container as object);
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutExamples(each)]));
}

function numbersOf(container: TensorContainer): number[] {
  return tensorsIn(container).flatMap((tensor) => Array.from(tensor.dataSync()));
}

/**
 * What every head promises, as a vitest suite, on the current tfjs backend: shapes, finite values and gradients (at
 * zero outputs, too), JSON round trip, no tensor left behind, nothing read back to JavaScript, and outputs trained
 * by its loss are decoded to the right answers.
 *
 * @example
 * headContract('myHead', { create: () => myHead({ classes: 3 }), targets: ..., expectLearned: ... });
 */
export function headContract<Targets extends TensorContainer>(
  name: string,
  { create, targets: makeTargets, expectLearned, steps = 100, restore }: HeadCase<Targets>,
): void {
  const again =
    restore ??
    ((json) => headFromJSON(json as HeadConfiguration) as unknown as Head<Targets, TensorContainer>);
  const withHead = (
    test: (head: Head<Targets, TensorContainer>, outputs: Tensor2D, targets: Targets) => void,
  ) => {
    const head = create();
    const outputs = randomNormal<Rank.R2>([batch, head.outputDimensions], 0, 1, 'float32', 1);
    const targets = makeTargets();
    try {
      test(head, outputs, targets);
    } finally {
      dispose([outputs, ...tensorsIn(targets)]);
      head.dispose();
    }
  };
  const answers = (head: Head<Targets, TensorContainer>, outputs: Tensor2D, targets: Targets) =>
    tidy(() => ({
      loss: numbersOf(head.loss(outputs, targets)),
      scores: numbersOf(head.scores(outputs)),
      prediction: numbersOf(head.predict(outputs)),
    }));

  describe(`${name}, as a head,`, () => {
    it('gives a finite loss for each example, scores and predictions of the same batch', () => {
      withHead((head, outputs, targets) => {
        const loss = head.loss(outputs, targets);
        expect(loss.shape).toEqual([batch]);
        expect(loss.dtype).toBe('float32');
        const scores = head.scores(outputs);
        expect(scores.rank).toBe(2);
        expect(scores.shape[0]).toBe(batch);
        const prediction = head.predict(outputs);
        for (const tensor of tensorsIn(prediction)) expect(tensor.shape[0]).toBe(batch);
        for (const number of numbersOf([loss, scores, prediction])) expect(number).toSatisfy(Number.isFinite);
      });
    });

    it('has the same loss and prediction by way of its scores', () => {
      withHead((head, outputs, targets) => {
        const scores = head.scores(outputs);
        expect(scores.shape).toEqual([batch, head.scoreColumns]);
        const direct = numbersOf(head.loss(outputs, targets));
        numbersOf(head.lossOfScores(scores, targets)).forEach((value, index) => {
          expect(value).toBeCloseTo(direct[index]!, 4);
        });
        expect(numbersOf(head.predictionOfScores(scores))).toEqual(numbersOf(head.predict(outputs)));
        const gradient = grad((x: Tensor) => sum(head.lossOfScores(x as Tensor2D, targets)))(scores);
        for (const number of numbersOf(gradient)) expect(number).toSatisfy(Number.isFinite);
      });
    });

    it('has a finite loss and gradient at zero outputs', () => {
      withHead((head, _outputs, targets) => {
        const nothing = zeros([batch, head.outputDimensions]);
        const gradient = grad((x: Tensor) => sum(head.loss(x as Tensor2D, targets)))(nothing);
        for (const number of numbersOf([gradient, head.loss(nothing as Tensor2D, targets)])) {
          expect(number).toSatisfy(Number.isFinite);
        }
      });
    });

    it('is the same head after a round trip through JSON', () => {
      withHead((head, outputs, targets) => {
        const restored = again(JSON.parse(JSON.stringify(head)) as { readonly kind: string });
        expect(restored.kind).toBe(head.kind);
        expect(restored.outputDimensions).toBe(head.outputDimensions);
        expect(answers(restored, outputs, targets)).toEqual(answers(head, outputs, targets));
        expect(JSON.stringify(restored)).toBe(JSON.stringify(head));
        restored.dispose();
      });
    });

    it('gives the same answers inside and outside of tidy, and without variables also after dispose', () => {
      withHead((head, outputs, targets) => {
        const inside = tidy(() => answers(head, outputs, targets));
        expect(answers(head, outputs, targets)).toEqual(inside);
        if (head.variables.length > 0) return;
        head.dispose();
        expect(answers(head, outputs, targets)).toEqual(inside);
      });
    });

    it('treats each example by itself: a reversed batch has reversed losses and scores', () => {
      withHead((head, outputs) => {
        const scores = head.scores(outputs);
        const backwards = head.scores(reverse(outputs, 0));
        const error = sub(gather(scores, tensor1d([5, 4, 3, 2, 1, 0], 'int32')), backwards);
        for (const number of numbersOf(error)) expect(Math.abs(number)).toBeLessThan(1e-5);
      });
    });

    it('leaves no tensor behind, and frees its own on dispose', () => {
      const before = memory().numTensors;
      withHead((head, outputs, targets) => {
        head.loss(outputs, targets).dispose();
        head.scores(outputs).dispose();
        dispose(tensorsIn(head.predict(outputs)));
        const between = memory().numTensors;
        const gradient = grad((x: Tensor) => sum(head.loss(x as Tensor2D, targets)));
        gradient(outputs).dispose();
        head.loss(outputs, targets).dispose();
        head.scores(outputs).dispose();
        dispose(tensorsIn(head.predict(outputs)));
        expect(memory().numTensors).toBe(between);
      });
      expect(memory().numTensors).toBe(before);
    });

    it('has empty losses, scores and predictions of an empty batch', () => {
      withHead((head, _outputs, targets) => {
        const none = zeros<Rank.R2>([0, head.outputDimensions]);
        const noScores = zeros<Rank.R2>([0, head.scoreColumns]);
        const noTargets = withoutExamples(targets) as Targets;
        const loss = head.loss(none, noTargets);
        expect([loss.shape, loss.dtype]).toEqual([[0], 'float32']);
        expect(head.lossOfScores(noScores, noTargets).shape).toEqual([0]);
        expect(head.scores(none).shape).toEqual([0, head.scoreColumns]);
        const gradient = grad((x: Tensor) => reduce(head.loss(x as Tensor2D, noTargets), 'sum'))(none);
        expect(gradient.shape).toEqual([0, head.outputDimensions]);
        const whole = tensorsIn(head.predict(zeros([batch, head.outputDimensions])));
        for (const prediction of [head.predict(none), head.predictionOfScores(noScores)]) {
          tensorsIn(prediction).forEach((tensor, index) => {
            expect(tensor.shape).toEqual([0, ...whole[index]!.shape.slice(1)]);
            expect(tensor.dtype).toBe(whole[index]!.dtype);
            expect(Array.from(tensor.dataSync())).toEqual([]);
          });
          expect(tensorsIn(prediction)).toHaveLength(whole.length);
        }
      });
    });

    it('reads nothing back to JavaScript in loss, gradient, scores and predict', () => {
      withHead((head, outputs, targets) => {
        const reads = (
          ['dataSync', 'data', 'arraySync', 'array', 'bytes', 'buffer', 'bufferSync'] as const
        ).map((method) => vi.spyOn(Tensor.prototype, method));
        try {
          grad((x: Tensor) => sum(head.loss(x as Tensor2D, targets)))(outputs).dispose();
          head.scores(outputs).dispose();
          dispose(tensorsIn(head.predict(outputs)));
          for (const read of reads) expect(read).not.toHaveBeenCalled();
        } finally {
          for (const read of reads) read.mockRestore();
        }
      });
    });

    it('refuses outputs of another width, and says which it wants', () => {
      withHead((head, _outputs, targets) => {
        const wide = zeros<Rank.R2>([batch, head.outputDimensions + 1]);
        for (const use of [
          () => head.loss(wide, targets),
          () => head.scores(wide),
          () => head.predict(wide),
        ]) {
          expect(use).toThrow(`outputs must be [batch, ${head.outputDimensions}]`);
        }
        const wideScores = zeros<Rank.R2>([batch, head.scoreColumns + 1]);
        expect(() => head.lossOfScores(wideScores, targets)).toThrow(`must be [batch, ${head.scoreColumns}]`);
        expect(() => head.predictionOfScores(wideScores)).toThrow(`must be [batch, ${head.scoreColumns}]`);
      });
    });

    it('teaches: outputs that descend its loss are decoded to the targets', () => {
      withHead((head, outputs, targets) => {
        const free = variable(add(outputs, 0));
        const adam = train.adam(0.1);
        const loss = () => sum<Scalar>(head.loss(free as unknown as Tensor2D, targets));
        const first = numbersOf(tidy(loss))[0]!;
        for (let step = 0; step < steps; step++) {
          adam.minimize(loss, false, [free, ...head.trainableVariables]);
        }
        expect(numbersOf(tidy(loss))[0]).toBeLessThan(first);
        expectLearned(head.predict(free as unknown as Tensor2D), targets);
        adam.dispose();
        free.dispose();
      });
    });
  });
}
