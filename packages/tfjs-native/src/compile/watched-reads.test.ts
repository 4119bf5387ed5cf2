import { describe, expect, it } from 'vitest';
import { isUnchanged, watchReads } from './watched-reads.js';

class Layer {
  rate = 0.5;
  units = 3;
  list = [1, [2]];
  config: Record<string, unknown> = { depth: 1 };
  getClassName() {
    return 'Layer';
  }
  getConfig() {
    return {};
  }
}

const keysOf = (reads: { readonly key: string | number }[]) => reads.map(({ key }) => key);

describe('watchReads', () => {
  it('notes the properties that are read, once each, and puts the objects back', () => {
    const layer = new Layer();
    const before = Object.getOwnPropertyDescriptors(layer);
    const watcher = watchReads();
    watcher.watch(layer);
    expect(layer.rate + layer.rate).toBe(1);
    expect(layer).toBeInstanceOf(Layer);
    expect(layer.config.depth).toBe(1);
    const reads = watcher.stop();
    expect(keysOf(reads)).toEqual(['rate', 'config', 'depth']);
    expect(Object.getOwnPropertyDescriptors(layer)).toEqual(before);
    expect(Object.getPrototypeOf(layer)).toBe(Layer.prototype);
    expect(reads.every(isUnchanged)).toBe(true);
    layer.units = 4;
    expect(reads.every(isUnchanged)).toBe(true);
    layer.config.depth = 2;
    expect(reads.every(isUnchanged)).toBe(false);
  });

  it('notes what arrays hold, and properties that there are not yet', () => {
    const layer = new Layer() as Layer & { later?: number };
    const watcher = watchReads();
    watcher.watch(layer);
    expect([layer.list, layer.later]).toEqual([[1, [2]], undefined]);
    const reads = watcher.stop();
    expect(keysOf(reads)).toEqual(['list', 'length', 0, 1, 'length', 0, 'later']);
    (layer.list[1] as number[])[0] = 7;
    expect(reads.filter((read) => !isUnchanged(read))).toMatchObject([{ key: 0, value: 2 }]);
    layer.later = 1;
    expect(reads.filter((read) => !isUnchanged(read))).toHaveLength(2);
  });

  it('leaves out what the step writes', () => {
    const layer = new Layer();
    const watcher = watchReads();
    watcher.watch(layer);
    layer.units += 1;
    layer.rate = 0.1;
    expect(layer.rate).toBe(0.1);
    expect(watcher.stop()).toEqual([]);
    expect([layer.units, layer.rate]).toEqual([4, 0.1]);
    layer.rate = 0.2;
    expect(layer.rate).toBe(0.2);
  });

  it('leaves frozen objects, functions and foreign classes alone', () => {
    const date = new Date(0);
    const frozen = Object.freeze(new Layer());
    const watcher = watchReads();
    watcher.watch({ date, frozen });
    expect(Object.getPrototypeOf(date)).toBe(Date.prototype);
    expect(frozen.rate).toBe(0.5);
    expect(frozen.config.depth).toBe(1);
    expect(keysOf(watcher.stop())).toEqual(['depth']);
  });
});
