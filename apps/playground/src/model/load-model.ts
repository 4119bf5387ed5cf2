import { type HeadConfiguration, headFromJSON } from '@hyperspherical/heads';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, Tensor, type Tensor2D, tensor4d, tidy, zeros } from '@tensorflow/tfjs-core';
import type { ModelAnswer } from '../training/messages.js';

/** A network and its head, ready for images. */
export interface LoadedModel {
  /** @param pixels - `[height, width, channels]`, normalised. */
  predict(pixels: Float32Array, shape: readonly [number, number, number]): Promise<ModelAnswer>;
}

/** Runs the network once: only then does it say that it lacks an operation, or that shapes do not fit. */
function tryOut(
  network: GraphModel,
  head: { readonly outputDimensions: number },
  shape: readonly [number, number, number],
): void {
  tidy(() => {
    const outputs = toldAs('model.json', () => network.predict(zeros([1, ...shape])) as Tensor);
    if (outputs.shape[1] !== head.outputDimensions) {
      throw new Error(
        `model.json puts out ${outputs.shape[1] ?? 'no'} numbers, and head.json takes ${head.outputDimensions}. They are of different exports.`,
      );
    }
  });
}

/**
 * Builds the network of an exported model. Needs an engine.
 *
 * @throws {Error} A sentence, when the files do not belong together or hold what this page does not know.
 */
export async function loadModel({
  model,
  weights,
  head: configuration,
  imageShape,
}: {
  readonly model: unknown;
  readonly weights: ArrayBuffer;
  readonly head: unknown;
  readonly imageShape: readonly [number, number, number];
}): Promise<LoadedModel> {
  const { modelTopology, weightsManifest, signature } = model as io.ModelJSON;
  const head = toldAs('head.json', () => headFromJSON(configuration as HeadConfiguration));
  const network = await loadGraphModel(
    io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights,
      ...(signature && { signature }),
    }),
  ).catch((error: unknown) => {
    throw new Error(`model.json is not what this page knows: ${messageOf(error)}.`, { cause: error });
  });
  tryOut(network, head, imageShape);
  return {
    async predict(pixels, shape) {
      const tensors = tidy(() => {
        const outputs = network.predict(tensor4d(pixels, [1, ...shape])) as Tensor2D;
        const scores = head.scores(outputs);
        const answer = head.predict(outputs) as Tensor | { readonly values: Tensor };
        const values = answer instanceof Tensor ? answer : answer.values;
        return [outputs, scores, values] as const;
      });
      const [outputs, scores, values] = await Promise.all(
        tensors.map(async (tensor) => Array.from(await tensor.data())),
      );
      tensors.forEach((tensor) => {
        tensor.dispose();
      });
      return { outputs: outputs!, scores: scores!, values: values! };
    },
  };
}

function toldAs<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(`${file} is not what this page knows: ${messageOf(error)}.`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
