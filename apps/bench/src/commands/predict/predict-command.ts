import { readDescription, readModel, type Model } from '../../engine/model/read-model.js';
import { prepareEngine } from '../../engine/prepare-engine.js';
import { printJson } from '../../printing/print-json.js';
import { printableLine } from '../../records/printable.js';
import { predictImages, type ImagePrediction } from './predict-images.js';

/** What `bench predict` was asked for. */
export interface PredictOptions {
  readonly run: string;
  readonly top: number;
  readonly json?: true;
}

/** Predicts image files with a finished run's model and prints what it says. */
export async function predictCommand(images: readonly string[], options: PredictOptions): Promise<void> {
  // Before the engine is set up: a wrong folder is told at once.
  readDescription(options.run);
  await prepareEngine();
  const model = readModel(options.run);
  try {
    const predictions = await predictImages(model, images, options);
    if (options.json) printJson({ run: options.run, predictions });
    else for (const prediction of predictions) process.stdout.write(format(prediction, model));
  } finally {
    model.dispose();
  }
}

function format({ image, classes, value }: ImagePrediction, { description, head }: Model): string {
  const score = scoreName(head.kind);
  const { valueName = 'value', valueUnit = '' } = description;
  const lines = [
    image,
    ...(classes ?? []).map(({ name, score: number }) => `  ${number.toFixed(3).padStart(8)}  ${name}`),
    ...(value === undefined ? [] : [`  ${valueName}: ${value.toPrecision(5)} ${valueUnit}`.trimEnd()]),
    ...(classes === undefined ? [] : [`  (${score})`]),
  ];
  return lines.map((line) => `${printableLine(line)}\n`).join('');
}

function scoreName(kind: string): string {
  const logits = ['softmax-classifier', 'simplex-logit-classifier', 'ordinal-classifier', 'multi-task'];
  return logits.includes(kind)
    ? 'logits: larger is likelier'
    : 'cosines with the prototypes: 1 is on the spot';
}
