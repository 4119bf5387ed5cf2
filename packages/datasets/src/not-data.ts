const signatures: readonly (readonly [what: string, offset: number, bytes: string])[] = [
  ['a gzip file; unpack it first', 0, '\x1f\x8b'],
  ['a zip archive; unpack it and give what is inside', 0, 'PK\x03\x04'],
  ['a tar archive; unpack it and give what is inside', 257, 'ustar'],
  ['an xz file; unpack it first', 0, '\xfd7zXZ'],
  ['a bzip2 file; unpack it first', 0, 'BZh'],
  ['a zstd file; unpack it first', 0, '\x28\xb5\x2f\xfd'],
  ['a 7-Zip archive; unpack it and give what is inside', 0, '7z\xbc\xaf'],
  ['a RAR archive; unpack it and give what is inside', 0, 'Rar!'],
  [
    'a Git LFS pointer, not the data; run "git lfs pull" where it comes from',
    0,
    'version https://git-lfs.github.com/',
  ],
];

const page =
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml|(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script)\b)/i;

/**
 * What a file is that cannot be the data that was asked for, by its first bytes (512 are enough), with what to do:
 * empty, a web page (HTML or XML), a Git LFS pointer or an archive.
 *
 * @returns The end of the sentence "<name> is ...", without a period; `undefined` for anything else.
 */
export function notData(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'empty; get it again';
  let start = '';
  for (const byte of bytes.subarray(0, 512)) start += String.fromCharCode(byte);
  // Text in UTF-16 has zeros between its letters.
  if (page.test(start.replaceAll('\0', ''))) {
    return 'an HTML page (of a login or an error), not the data; open its address in a browser, and download it again';
  }
  return signatures.find(([, offset, text]) => start.startsWith(text, offset))?.[0];
}
