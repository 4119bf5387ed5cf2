/**
 * What the header of a JPEG file says.
 * @typedef {object} JpegHeader
 * @property {number} height As stored, before it is turned.
 * @property {number} width
 * @property {number} components 1 of gray, 3 of color, 4 of CMYK.
 * @property {number} orientation 1 to 8, as EXIF counts; 1 where the file says nothing.
 */

/**
 * Reads the size and the EXIF orientation; undefined when there is no whole header.
 * @param {Uint8Array} bytes
 * @returns {JpegHeader | undefined}
 */
export function jpegHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  /** @type {Omit<JpegHeader, 'orientation'> | undefined} */
  let frame;
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    // Fill bytes, and markers without a length.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    // The pixels begin, or the file ends.
    if (marker === 0xda || marker === 0xd9) return frame && { ...frame, orientation };
    const end = at + 2 + view.getUint16(at + 2);
    if (end > view.byteLength || end < at + 4) return undefined;
    // All "start of frame" markers; c4, c8 and cc are others.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (end < at + 10) return undefined;
      frame ??= {
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: view.getUint8(at + 9),
      };
    }
    if (marker === 0xe1) orientation = exifOrientation(view, at + 4, end) ?? orientation;
    at = end;
  }
  return undefined;
}

/**
 * @param {DataView} view
 * @param {number} start
 * @param {number} end
 * @returns {number | undefined}
 */
function exifOrientation(view, start, end) {
  // "Exif", two zeros, and a TIFF header.
  if (end - start < 18 || view.getUint32(start) !== 0x45786966) return undefined;
  const tiff = start + 6;
  const order = view.getUint16(tiff);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  const table = tiff + view.getUint32(tiff + 4, little);
  if (table + 2 > end) return undefined;
  const entries = view.getUint16(table, little);
  for (let entry = table + 2, left = entries; left > 0 && entry + 12 <= end; entry += 12, left -= 1) {
    if (view.getUint16(entry, little) !== 0x0112) continue;
    // Short, or long, as some cameras write it.
    const long = view.getUint16(entry + 2, little) === 4;
    const value = long ? view.getUint32(entry + 8, little) : view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return undefined;
}
