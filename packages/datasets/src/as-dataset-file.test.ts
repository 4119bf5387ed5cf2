import { describe, expect, it } from 'vitest';
import { decodeCifar10 } from './decode-cifar10.js';
import { decodeCifar100 } from './decode-cifar100.js';
import { decodeIdx } from './decode-idx.js';
import { decodeMnist } from './decode-mnist.js';

const idx = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9);
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6);

/** The same value as another realm has it: no `instanceof` of this one holds. */
function foreign<T extends object>(value: T): T {
  return Object.setPrototypeOf(
    value,
    Object.create(Object.getPrototypeOf(value) as object, {}) as object,
  ) as T;
}

/** A typed array whose constructor and prototype chain are none of this realm's. */
function foreignBytes(bytes: Uint8Array): Uint8Array {
  const view = Uint8Array.from(bytes);
  const chain = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(Uint8Array.prototype) as object);
  return Object.setPrototypeOf(view, Object.create(null, chain) as object) as Uint8Array;
}

describe('bytes', () => {
  it('may be an array of another realm, an ArrayBuffer, or part of a larger memory', () => {
    const large = new Uint8Array([1, 2, ...idx, 3]);
    const ways = [
      idx,
      foreignBytes(idx),
      idx.slice().buffer,
      foreign(idx.slice().buffer),
      large.subarray(2, 12),
    ];
    expect(foreignBytes(idx)).not.toBeInstanceOf(Uint8Array);
    for (const bytes of ways) {
      expect([...decodeIdx(bytes).values]).toEqual([7, 9]);
      expect(decodeIdx({ name: 'x', bytes: bytes as Uint8Array }).shape).toEqual([2]);
      expect([...decodeMnist({ images, labels: bytes }).labels]).toEqual([7, 9]);
    }
    const record = new Uint8Array(3073).fill(3);
    expect([...decodeCifar10(record.buffer).labels]).toEqual([3]);
    expect([...decodeCifar10([{ name: 'x', bytes: foreignBytes(record) }]).images.subarray(0, 2)]).toEqual([
      3, 3,
    ]);
    expect([...decodeCifar100(foreignBytes(new Uint8Array(3074))).fineLabels]).toEqual([0]);
  });

  it.each([
    ['text', 'String'],
    [undefined, 'Undefined'],
    [null, 'Null'],
    [[0, 0, 8], 'an array'],
    [new Float32Array(3), 'Float32Array'],
    [{ name: 'x' }, 'Object'],
  ])('are not %j, says a sentence', (value, type) => {
    expect(() => decodeIdx(value as never)).toThrow(
      `the IDX file is of type ${type}; give a Uint8Array, an ArrayBuffer, or { name, bytes }.`,
    );
  });

  it('of something else than data are called what they are', () => {
    const text = (start: string) => new TextEncoder().encode(start);
    for (const [start, what] of [
      ['', 'is empty'],
      ['<!DOCTYPE html>\n<title>', 'is an HTML page (of a login or an error), not the data'],
      ['\ufeff\n<!-- x --><html lang="en">', 'is an HTML page'],
      [
        'version https://git-lfs.github.com/spec/v1\noid',
        'is a Git LFS pointer, not the data; run "git lfs pull"',
      ],
      ['PK\u0003\u0004', 'is a zip archive'],
    ] as const) {
      expect(() => decodeIdx(text(start))).toThrow(`the IDX file ${what}`);
      expect(() => decodeCifar10(text(start))).toThrow(`the CIFAR-10 file ${what}`);
    }
  });

  it('with one of them changed decode or are refused by name, whatever the change', () => {
    let state = 20;
    const random = (below: number): number => (state = (state * 1664525 + 1013904223) % 2 ** 32) % below;
    for (let trial = 0; trial < 2000; trial += 1) {
      const bytes = images.slice(0, trial % 3 === 0 ? random(images.length) : images.length);
      if (bytes.length > 0) bytes[random(bytes.length)] = random(256);
      try {
        const { shape, values } = decodeIdx({ name: 'x-idx', bytes });
        expect(values.length).toBe(shape.reduce((product, size) => product * size, 1));
      } catch (error) {
        expect((error as Error).message).toMatch(/^x-idx[ :]/);
      }
    }
  });
});
