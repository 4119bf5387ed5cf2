import type { Command } from 'commander';
import type { PredictOptions } from './predict/predict-command.js';
import { integerOption } from './integer-option.js';

/** Adds `bench predict`: what a trained model says of images. */
export function addPredictCommand(program: Command): void {
  program
    .command('predict <image...>')
    .summary("what a finished run's model says of image files")
    .description(
      'Predicts images with the model of a finished run: classes with their cosines (or logits), values in their unit. Images are scaled to ' +
        "cover the model's size and cut in the middle.",
    )
    .requiredOption('--run <folder>', 'the folder of a finished run')
    .option('--top <n>', 'how many classes to show of each image', integerOption(1), 3)
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench predict --run runs/quick-1/hyperspherical cat.png truck.jpg')
    .action(async (images: string[], options: PredictOptions) => {
      const { predictCommand } = await import('./predict/predict-command.js');
      await predictCommand(images, options);
    });
}
