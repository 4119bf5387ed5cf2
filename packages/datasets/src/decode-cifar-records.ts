/** The side of a CIFAR image, in pixels. */
export const cifarSide = 32;
const pixels = cifarSide * cifarSide;

/** One label byte of a CIFAR record: what it is called and how many classes it has. */
export interface CifarLabel {
  readonly kind: string;
  readonly classes: number;
}

/** Bytes in CIFAR's binary layout, and the name that errors call them by. */
export interface CifarFile {
  readonly name: string;
  readonly bytes: Uint8Array;
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

function checkSize({ name, bytes }: CifarFile, recordBytes: number): void {
  const rest = bytes.length % recordBytes;
  if (bytes.length === 0 || rest !== 0) {
    const whole = Math.floor(bytes.length / recordBytes);
    throw new RangeError(
      `${name} has ${bytes.length} bytes, which is not a whole number of records of ${recordBytes} bytes: ` +
        `after ${whole} records ${rest} bytes are left at byte ${whole * recordBytes}; the file is truncated or of another format.`,
    );
  }
}

/** Decodes files in CIFAR's layout, one after the other, into one array: planes of red, green, blue become pixels. */
export function decodeCifarRecords(
  files: readonly CifarFile[],
  labelKinds: readonly CifarLabel[],
): CifarRecords {
  const recordBytes = cifarRecordBytes(labelKinds);
  let size = 0;
  for (const file of files) {
    checkSize(file, recordBytes);
    size += file.bytes.length / recordBytes;
  }
  const images = new Uint8Array(size * 3 * pixels);
  const labels = labelKinds.map(() => new Int32Array(size));
  let image = 0;
  for (const { name, bytes } of files) {
    for (let record = 0; record < bytes.length; record += recordBytes, image += 1) {
      for (const [position, { kind, classes }] of labelKinds.entries()) {
        const label = bytes[record + position]!;
        if (label >= classes) {
          throw new RangeError(
            `${name}: the ${kind} of record ${record / recordBytes} (byte ${record + position}) is ${label}; ` +
              `it must be 0 to ${classes - 1}: the file is damaged or of another format.`,
          );
        }
        labels[position]![image] = label;
      }
      interleave(bytes, record + labelKinds.length, images, image * 3 * pixels);
    }
  }
  return { images, labels };
}

function interleave(from: Uint8Array, start: number, to: Uint8Array, offset: number): void {
  const green = start + pixels;
  const blue = green + pixels;
  for (let pixel = 0, at = offset; pixel < pixels; pixel += 1, at += 3) {
    to[at] = from[start + pixel]!;
    to[at + 1] = from[green + pixel]!;
    to[at + 2] = from[blue + pixel]!;
  }
}
