import { gzipSync } from 'node:zlib';
import type { Dataset } from '@hyperspherical/datasets';

/** Both splits as the page reads them: two counts (uint32, little-endian), labels, images, all of it gzipped. */
export function encodeDigits(train: Dataset, test: Dataset): Uint8Array {
  const counts = new Uint8Array(8);
  const view = new DataView(counts.buffer);
  view.setUint32(0, train.size, true);
  view.setUint32(4, test.size, true);
  const labels = [train, test].map((split) => Uint8Array.from(split.labels ?? []));
  return gzipSync(Buffer.concat([counts, ...labels, train.images, test.images]), { level: 9 });
}
