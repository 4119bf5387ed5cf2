import type { Dataset } from '../dataset.js';

/** One thing that every dataset keeps to. */
export interface DatasetRule {
  /** A sentence for the test's title. */
  readonly title: string;
  /** Throws an Error that says what is wrong. */
  readonly check: (dataset: Dataset) => void;
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/**
 * What every dataset keeps to, for any test runner.
 *
 * @example
 * describe.each(datasetContract)('cifar10', ({ title, check }) => it(title, () => check(dataset)));
 */
export const datasetContract: readonly DatasetRule[] = [
  {
    title: 'has a name, a split and at least one image',
    check: ({ name, split, size }) => {
      demand(name !== '' && split !== '', `name is "${name}" and split is "${split}"; neither may be empty`);
      demand(Number.isInteger(size) && size > 0, `size is ${size}, not a whole number of at least 1`);
    },
  },
  {
    title: 'has one byte for every channel of every pixel of every image',
    check: ({ size, imageShape, images }) => {
      demand(
        imageShape.every((side) => Number.isInteger(side) && side > 0),
        `imageShape is [${imageShape.join()}], not three whole numbers of at least 1`,
      );
      const bytes = size * imageShape.reduce((product, side) => product * side, 1);
      demand(images.length === bytes, `images has ${images.length} bytes, not ${bytes}`);
    },
  },
  {
    title: 'has labels, values or both, one an image',
    check: ({ size, labels, values }) => {
      demand(labels !== undefined || values !== undefined, 'there are neither labels nor values');
      demand(!labels || labels.length === size, `there are ${labels?.length} labels for ${size} images`);
      demand(!values || values.length === size, `there are ${values?.length} values for ${size} images`);
    },
  },
  {
    title: 'has labels from 0 to below the number of class names, and class names that differ',
    check: ({ labels, classNames }) => {
      if (!labels) return;
      demand(classNames !== undefined && classNames.length > 0, 'there are labels but no class names');
      const classes = classNames!.length;
      demand(new Set(classNames).size === classes, 'two classes have the same name');
      const wrong = labels.findIndex((label) => label < 0 || label >= classes);
      demand(wrong < 0, `labels[${wrong}] is ${labels[wrong]}; there are ${classes} classes`);
    },
  },
  {
    title: 'has finite values',
    check: ({ values }) => {
      const wrong = values?.findIndex((value) => !Number.isFinite(value)) ?? -1;
      demand(wrong < 0, `values[${wrong}] is ${values?.[wrong]}`);
    },
  },
  {
    title: 'has names, units and bounds only for values, and values within the bounds',
    check: ({ values, valueName, valueUnit, valueBounds }) => {
      const described = valueName ?? valueUnit ?? valueBounds;
      demand(described === undefined || values !== undefined, 'values are described but there are none');
      demand(valueName !== '' && valueUnit !== '', 'valueName and valueUnit may be absent but not empty');
      if (!values || !valueBounds) return;
      const [lowest, highest] = valueBounds;
      demand(lowest < highest, `valueBounds are [${lowest}, ${highest}]; the first must be the lower one`);
      const wrong = values.findIndex((value) => value < lowest || value > highest);
      demand(wrong < 0, `values[${wrong}] is ${values[wrong]}, outside the bounds [${lowest}, ${highest}]`);
    },
  },
];
