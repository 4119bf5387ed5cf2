import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** One image file of a test: one colour, so that any decoder and any resizing give the same. */
export interface SyntheticImage {
  readonly path: string;
  readonly colour: readonly [red: number, green: number, blue: number];
  readonly height?: number;
  readonly width?: number;
}

/** The bytes of such a file, JPEG or PNG by its ending. */
export async function imageFile({
  path,
  colour,
  height = 8,
  width = 8,
}: SyntheticImage): Promise<Uint8Array> {
  const [r, g, b] = colour;
  const image = sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
  return path.toLowerCase().endsWith('.png')
    ? image.png().toBuffer()
    : image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** Writes image files into a folder. */
export async function writeImages(folder: string, images: readonly SyntheticImage[]): Promise<void> {
  for (const image of images) await writeText(folder, image.path, await imageFile(image));
}

/** Writes a file into a folder, with the folders above it. */
export async function writeText(folder: string, path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), contents);
}

/** The colour of the middle of image `index` of decoded images. */
export function colourOf(
  images: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
  index: number,
): number[] {
  const at = (index * height * width + (height >> 1) * width + (width >> 1)) * channels;
  return [...images.subarray(at, at + channels)];
}
