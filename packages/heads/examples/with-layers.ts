// The same by tf.layers: compile, fit, save, load. Run it with
//   node --conditions=@hyperspherical/source --import tsx packages/heads/examples/with-layers.ts
import '@tensorflow/tfjs';
import { fileURLToPath } from 'node:url';
import { cosineClassifier } from '@hyperspherical/heads';
import { headLayer, layersLoss, layersTargets } from '@hyperspherical/heads/layers';
import { createPrototypes } from '@hyperspherical/prototypes';
import { io, type Scalar } from '@tensorflow/tfjs-core';
import { initializers, layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { blobs } from './blobs.js';

/** Trains a model on blobs, saves and loads it; returns the loaded model's accuracy on blobs that it has not seen. */
export async function trainWithLayers(epochs = 40): Promise<number> {
  const prototypes = await createPrototypes({ classes: 4, dimensions: 3 });
  const head = cosineClassifier({ prototypes, learned: true, loss: 'cosface', scale: 16 });

  const seeded = (seed: number) => initializers.glorotNormal({ seed });
  const model = sequential();
  model.add(layers.dense({ inputShape: [8], units: 16, activation: 'relu', kernelInitializer: seeded(1) }));
  model.add(layers.dense({ units: head.outputDimensions, kernelInitializer: seeded(2) }));
  model.add(headLayer(head));
  const compiled = { optimizer: 'adam' as const, loss: layersLoss(head), metrics: ['accuracy'] };
  model.compile(compiled);

  const { points, labels } = blobs(200, 3);
  await model.fit(points, layersTargets(head, labels), {
    epochs,
    batchSize: 20,
    shuffle: false,
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- tfjs-layers does not export its enum
    verbose: 0,
  });

  // Any of tf.io's places will do: a folder, the browser's storage, a server.
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }),
  );
  const loaded = await loadLayersModel(io.fromMemory(saved!));
  loaded.compile(compiled);

  const unseen = blobs(200, 4);
  const [, accuracy] = loaded.evaluate(unseen.points, layersTargets(head, unseen.labels)) as Scalar[];
  return accuracy!.dataSync()[0]!;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`accuracy on unseen points: ${await trainWithLayers()}`);
}
