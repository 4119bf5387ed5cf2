/**
 * What a file is, by its first bytes: names lie.
 * @typedef {object} FileKind
 * @property {string} what For people, such as "an HTML page".
 * @property {boolean} decodable Whether its pixels can be read.
 */

/** @type {readonly (readonly [what: string, decodable: boolean, at: number, bytes: string])[]} */
const signatures = [
  ['a JPEG image', true, 0, '\xff\xd8\xff'],
  ['a PNG image', true, 0, '\x89PNG\r\n\x1a\n'],
  ['a GIF image', true, 0, 'GIF8'],
  ['a WebP image', true, 8, 'WEBP'],
  ['a TIFF image', true, 0, 'II*\0'],
  ['a TIFF image', true, 0, 'MM\0*'],
  ['a TIFF image', true, 0, 'II+\0'],
  ['a TIFF image', true, 0, 'MM\0+'],
  ['an AVIF image', true, 4, 'ftypavi'],
  ['an AVIF image', true, 4, 'ftypmif1'],
  ['an HEIC image', false, 4, 'ftyphe'],
  ['a video', false, 4, 'ftyp'],
  ['a JPEG XL image', false, 0, '\xff\x0a'],
  ['a JPEG XL image', false, 4, 'JXL \r\n'],
  ['a JPEG 2000 image', false, 4, 'jP  \r\n'],
  ['a BMP image', false, 0, 'BM'],
  ['an icon', false, 0, '\0\0\x01\0'],
  ['a Photoshop image', false, 0, '8BPS'],
  ['gzip data', false, 0, '\x1f\x8b'],
  ['a zip archive', false, 0, 'PK\x03\x04'],
  ['a tar archive', false, 257, 'ustar'],
  ['xz data', false, 0, '\xfd7zXZ'],
  ['bzip2 data', false, 0, 'BZh'],
  ['zstd data', false, 0, '\x28\xb5\x2f\xfd'],
  ['a 7-Zip archive', false, 0, '7z\xbc\xaf'],
  ['a RAR archive', false, 0, 'Rar!'],
  ['a PDF document', false, 0, '%PDF'],
  ['an array of NumPy', false, 0, '\x93NUMPY'],
  ['a data file of MATLAB', false, 0, 'MATLAB 5'],
  ['an HDF5 file', false, 0, '\x89HDF'],
  ['attributes that macOS wrote next to a file', false, 0, '\0\x05\x16\x07'],
  ['a pointer of Git LFS (run "git lfs pull")', false, 0, 'version https://git-lfs'],
];

/**
 * @param {Uint8Array} bytes
 * @returns {FileKind}
 */
export function imageKind(bytes) {
  if (bytes.length === 0) return { what: 'empty', decodable: false };
  const first = Buffer.from(bytes.subarray(0, 512));
  const start = first.toString('latin1');
  const found = signatures.find(([, , at, text]) => start.startsWith(text, at));
  if (found) return { what: found[0], decodable: found[1] };
  if (/^P[1-7]\s/.test(start)) return { what: 'a Netpbm image (PBM, PGM, PPM)', decodable: false };
  return { what: textKind(first) ?? `data that begin with the bytes ${hex(first)}`, decodable: false };
}

/**
 * @param {Buffer} first
 * @returns {string | undefined}
 */
function textKind(first) {
  const text = first.toString('utf8').replace(/^\ufeff/, '');
  // The last character may be cut.
  // eslint-disable-next-line no-control-regex -- Controls are what tells bytes from text.
  if (/[\0-\x08\x0e-\x1f\ufffd]/.test(text.slice(0, -1))) return undefined;
  if (/^\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|title|meta|script)\b/is.test(text))
    return 'an HTML page';
  if (/<svg[\s>]/i.test(text)) return 'an SVG drawing';
  if (/^\s*<\?xml/.test(text)) return 'an XML file';
  if (/^\s*[[{]\s*["[{}\]\d]/.test(text)) return 'a JSON file';
  const shown = text.trim().replaceAll(/\s+/g, ' ').slice(0, 40);
  return `a text ("${shown}${text.length > 40 ? '...' : ''}")`;
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
