import { forEachBackend } from '@hyperspherical/testing';
import { backends } from '../test/backends.js';
import { createBackbone } from './create-backbone.js';
import { backboneContract } from './testing.js';

forEachBackend(backends, () => {
  backboneContract('cifar-resnet', {
    create: (seed) => createBackbone({ kind: 'cifar-resnet', depth: 8, width: 4, outputDimensions: 5, seed }),
    imageShape: [8, 8, 3],
  });
  for (const shortcut of ['projection', 'padding'] as const) {
    backboneContract(`cifar-resnet with shortcuts by ${shortcut}, odd images`, {
      create: (seed) =>
        createBackbone({
          kind: 'cifar-resnet',
          depth: 8,
          width: 3,
          outputDimensions: 2,
          shortcut,
          imageChannels: 1,
          seed,
        }),
      imageShape: [7, 9, 1],
    });
  }
  backboneContract('convnet', {
    create: (seed) =>
      createBackbone({
        kind: 'convnet',
        imageShape: [9, 8, 1],
        channels: [3, 4],
        hidden: 5,
        outputDimensions: 3,
        seed,
      }),
    imageShape: [9, 8, 1],
  });
  backboneContract('mlp', {
    create: (seed) =>
      createBackbone({ kind: 'mlp', imageShape: [3, 4, 2], hidden: [8, 6], outputDimensions: 3, seed }),
    imageShape: [3, 4, 2],
  });
});
