/**
 * Gray of red, green and blue, as Pillow's `convert('L')` and torchvision weight them: 0.299, 0.587 and 0.114, rounded.
 * @param {Uint8Array} rgb `[pixels, 3]`
 * @param {Uint8Array} gray `[pixels]`
 */
export function writeLuminance(rgb, gray) {
  for (let pixel = 0, at = 0; pixel < gray.length; pixel += 1, at += 3) {
    const [red = 0, green = 0, blue = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]];
    gray[pixel] = (red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16;
  }
}
