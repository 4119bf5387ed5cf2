import type { DatasetFile } from '../../dataset-file.js';
import { decodeMnist } from '../../decode-mnist.js';
import {
  asTheyAre,
  briefly,
  type DecodedSplit,
  type FileDefinition,
  md5Integrity,
  type SourceDefinition,
} from '../dataset-definition.js';
import { gunzipReader } from '../gunzip-file.js';

/** The four files of MNIST and of the sets in its layout: images and labels of both splits, each as `[name, bytes]`. */
const layout = [
  ['train-images-idx3-ubyte', 47_040_016],
  ['train-labels-idx1-ubyte', 60_008],
  ['t10k-images-idx3-ubyte', 7_840_016],
  ['t10k-labels-idx1-ubyte', 10_008],
] as const;

/** The names of the four files. */
export const mnistFileNames: readonly string[] = layout.map(([name]) => name);

/** The largest of the four. */
export const mnistFileBytes = 47_040_016;

/** Both splits' files, given the SHA-256 of each of the four. */
export function mnistSplits(sums: readonly [string, string, string, string]): {
  readonly train: readonly FileDefinition[];
  readonly test: readonly FileDefinition[];
} {
  const files = layout.map(([name, bytes], index) => {
    // Some copies have a dot before the kind of IDX.
    const dotted = name.replace('-idx', '.idx');
    return { name, bytes, sha256: sums[index]!, otherNames: [`${name}.gz`, dotted, `${dotted}.gz`] };
  });
  return { train: files.slice(0, 2), test: files.slice(2) };
}

/** A source that has each of the four files gzipped, given the size and the MD5 of each. */
export function gzippedMnistSource(
  { title, location }: { readonly title: string; readonly location: string },
  files: readonly (readonly [bytes: number, md5: string])[],
): SourceDefinition {
  const downloads = layout.map(([name, unpackedBytes], index) => {
    const [bytes, md5] = files[index]!;
    const url = `${location}${name}.gz`;
    return {
      ...briefly,
      spec: url,
      location: url,
      bytes,
      integrity: md5Integrity(md5),
      read: gunzipReader(name, unpackedBytes),
    };
  });
  return { title, location, downloads, convert: asTheyAre };
}

/** Decodes one split: the file of images, then the file of labels. */
export function decodeMnistSplit([images, labels]: readonly DatasetFile[]): DecodedSplit {
  const decoded = decodeMnist({ images: images!, labels: labels! });
  const [height, width] = decoded.imageShape;
  if (height !== 28 || width !== 28) {
    throw new RangeError(`${images!.name} has images of ${height} x ${width} pixels; they must be 28 x 28.`);
  }
  return { images: decoded.images, labels: { label: decoded.labels } };
}
