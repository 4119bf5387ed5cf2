import type { DatasetFile } from './dataset-file.js';
import { notData } from './not-data.js';
import { interleavePlanes } from './interleave-planes.js';

const pixels = 32 * 32;

/** One label byte of a CIFAR record: what it is called and how many classes it has. */
export interface CifarLabel {
  readonly kind: string;
  readonly classes: number;
}

/** What `decodeCifarRecords` makes: interleaved images, and one array of labels for each label byte of a record. */
export interface CifarRecords {
  readonly images: Uint8Array;
  readonly labels: readonly Int32Array[];
}

/** The number of bytes of a record: its label bytes, then 1024 of red, 1024 of green, 1024 of blue. */
export function cifarRecordBytes(labels: readonly CifarLabel[]): number {
  return labels.length + 3 * pixels;
}

function checkSize({ name, bytes }: DatasetFile, recordBytes: number): void {
  const other = notData(bytes);
  const rest = bytes.length % recordBytes;
  if (other !== undefined && (rest !== 0 || bytes.length === 0)) throw new RangeError(`${name} is ${other}.`);
  if (rest !== 0) {
    const whole = Math.floor(bytes.length / recordBytes);
    throw new RangeError(
      `${name} has ${bytes.length} bytes, which is not a whole number of records of ${recordBytes} bytes: ` +
        `after ${whole} records ${rest} bytes are left at byte ${whole * recordBytes}; the file is truncated or of another format.`,
    );
  }
}

/** Decodes files in CIFAR's layout, one after the other, into one array: planes of red, green, blue become pixels. */
export function decodeCifarRecords(
  files: readonly DatasetFile[],
  labelKinds: readonly CifarLabel[],
): CifarRecords {
  const recordBytes = cifarRecordBytes(labelKinds);
  let size = 0;
  for (const file of files) {
    checkSize(file, recordBytes);
    size += file.bytes.length / recordBytes;
  }
  const images = new Uint8Array(size * 3 * pixels);
  const words = new Int32Array(images.buffer);
  const labels = labelKinds.map(() => new Int32Array(size));
  let image = 0;
  for (const file of files) {
    const { bytes } = file;
    for (let record = 0; record < bytes.length; record += recordBytes, image += 1) {
      for (let position = 0; position < labelKinds.length; position += 1) {
        const label = bytes[record + position]!;
        if (label >= labelKinds[position]!.classes) refuseLabel(file, record, position, labelKinds);
        labels[position]![image] = label;
      }
      interleavePlanes(bytes, record + labelKinds.length, pixels, images, words, image * 3 * pixels);
    }
  }
  return { images, labels };
}

function refuseLabel(
  { name, bytes }: DatasetFile,
  record: number,
  position: number,
  labelKinds: readonly CifarLabel[],
): never {
  const { kind, classes } = labelKinds[position]!;
  const byte = record + position;
  throw new RangeError(
    `${name}: the ${kind} of record ${record / cifarRecordBytes(labelKinds)} (byte ${byte}) is ${bytes[byte]!}; ` +
      `it must be 0 to ${classes - 1}: the file is damaged or of another format.`,
  );
}
