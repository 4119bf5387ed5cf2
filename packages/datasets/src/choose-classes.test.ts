import { describe, expect, it } from 'vitest';
import { numberedDataset, streamed } from '../test/numbered-dataset.js';
import { chooseClasses } from './choose-classes.js';
import { datasetContract } from './testing/dataset-contract.js';

const dataset = numberedDataset(9, [1, 2, 1], 4);

describe('chooseClasses', () => {
  it('keeps the images of the classes in their order and counts labels anew, in the order given', () => {
    const { size, labels, classNames, images, values } = chooseClasses(dataset, [3, 1]);
    expect(size).toBe(4);
    expect([...labels!]).toEqual([1, 0, 1, 0]);
    expect(classNames).toEqual(['class 3', 'class 1']);
    expect([...values!]).toEqual([0.25, 0.75, 1.25, 1.75]);
    expect([...images]).toEqual(
      [1, 3, 5, 7].flatMap((index) => [...dataset.images.subarray(2 * index, 2 * index + 2)]),
    );
  });

  it('knows classes by their names too', () => {
    expect(chooseClasses(dataset, ['class 3', 1])).toEqual(chooseClasses(dataset, [3, 1]));
  });

  it('chooses from streamed datasets', async () => {
    const chosen = chooseClasses(streamed(dataset), [2]);
    expect([...chosen.labels!]).toEqual([0, 0]);
    expect(await chosen.read([1, 0])).toEqual(
      Uint8Array.of(...dataset.images.subarray(12, 14), ...dataset.images.subarray(4, 6)),
    );
  });

  it.each(datasetContract)('$title', ({ check }) => {
    check(chooseClasses(dataset, [0, 2]));
  });

  it('refuses classes that are unknown, empty or chosen twice', () => {
    expect(() => chooseClasses(dataset, [4])).toThrow(
      'there is no class 4 in numbered; there are 4: class 0, class 1, class 2, class 3.',
    );
    expect(() => chooseClasses(dataset, ['zebra'])).toThrow('there is no class "zebra" in numbered');
    expect(() => chooseClasses(dataset, [1, 1])).toThrow('class 1 is chosen twice.');
    expect(() => chooseClasses(dataset, [])).toThrow('classes is empty');
    expect(() => chooseClasses({ ...dataset, labels: new Int32Array(9) }, [1])).toThrow(
      'class 1 has no images in numbered train.',
    );
  });
});
