// First bytes, and what begins with them.
const signatures: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 3, 4], 'a zip file, as numpy.savez writes (.npz); unpack it and give the .npy file inside'],
  [[0x50, 0x4b, 5, 6], 'an empty zip file'],
  [[0x1f, 0x8b], 'compressed by gzip; unpack it first'],
  [[0x80, 2], "a pickle of Python's; save the array with numpy.save"],
  [[0x80, 3], "a pickle of Python's; save the array with numpy.save"],
  [[0x80, 4], "a pickle of Python's; save the array with numpy.save"],
  [[0x80, 5], "a pickle of Python's; save the array with numpy.save"],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file; save the array with numpy.save'],
];

const texts: readonly (readonly [RegExp, string])[] = [
  [/^version https:\/\/git-lfs/, 'a pointer of Git LFS; fetch the file itself with "git lfs pull"'],
  [/^<(?:!|\?|html)/i, 'a web page; download the file itself'],
  [/^[[{]/, 'JSON'],
];

/** What a file really is, by its first bytes; undefined if that is not known. */
export function nameOfFormat(bytes: Uint8Array): string | undefined {
  const signature = signatures.find(([first]) => first.every((byte, index) => bytes[index] === byte));
  if (signature) return signature[1];
  // Decoding leaves a byte order mark out.
  const text = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  return texts.find(([pattern]) => pattern.test(text))?.[1];
}
