import { expect, it } from 'vitest';
import { datasetOfConfig } from './dataset-of-config.js';

it('finds the card of an experiment’s dataset', () => {
  expect(datasetOfConfig({ dataset: { kind: 'cifar10' } })?.title).toBe('CIFAR-10');
});

it.each([undefined, {}, { dataset: { kind: 'own' } }])('knows no dataset of %j', (config) => {
  expect(datasetOfConfig(config)).toBeUndefined();
});
