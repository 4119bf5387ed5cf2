import { availableParallelism } from 'node:os';
import { UserError } from '../records/user-error.js';

/** Three pixels for each of the drawing's: 300 dots an inch at 4.8 inches. One pixel each is 72 to sharp. */
const density = 3 * 72;

/** A palette without dithering: a third of the bytes, and flat areas stay flat. */
const format = { palette: true, dither: 0, effort: 1 };

/**
 * Sees to it that text can be drawn.
 *
 * @throws UserError when this machine has no font.
 */
export async function requireFonts(): Promise<void> {
  const { default: sharp } = await import('sharp');
  const letters =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="16">Ag</text></svg>';
  const { channels } = await sharp(Buffer.from(letters)).stats();
  if ((channels[3]?.max ?? 0) === 0)
    throw new UserError(
      'PNG needs a font, and this machine has none: install one (Debian: fonts-dejavu-core), or leave out --format png where a report is made.',
      { exitCode: 1 },
    );
}

/** Draws SVG files as PNG, as many at a time as there are processors. */
export async function svgToPng(svgs: readonly string[]): Promise<Buffer[]> {
  // Only where pictures are asked for: it is a native library.
  const { default: sharp } = await import('sharp');
  await requireFonts();
  const pictures: Buffer[] = [];
  const atOnce = availableParallelism();
  for (let start = 0; start < svgs.length; start += atOnce) {
    const some = svgs.slice(start, start + atOnce);
    pictures.push(
      ...(await Promise.all(some.map((svg) => sharp(Buffer.from(svg), { density }).png(format).toBuffer()))),
    );
  }
  return pictures;
}
