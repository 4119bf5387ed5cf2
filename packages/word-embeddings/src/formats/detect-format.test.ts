import { bytesOf } from '@hyperspherical/testing';
import { describe, expect, it } from 'vitest';
import { detectFormat, refuseOtherFormats } from './detect-format.js';

const float = (...numbers: number[]): number[] => [...new Uint8Array(Float32Array.from(numbers).buffer)];

describe('detectFormat', () => {
  it.each([
    ['a 1 2\n', 'glove'],
    ['2019 5 6\n', 'glove'],
    [' 1 2\na 1 2\n', 'glove'],
    ['1 2\na 1 2\n', 'word2vec-text'],
    ['1\t2 \r\na\t1\t2\r\n', 'word2vec-text'],
    [bytesOf('2 1\n', [0xd0], ' 1\nb 2\n'), 'word2vec-text'],
    [bytesOf('1 2\n', 'a ', float(0.3, -0.7)), 'word2vec-binary'],
    // The first number's first byte is a line feed.
    [bytesOf('1 1\n', 'a ', [10, 0x99, 0x99, 0x3e]), 'word2vec-binary'],
    ['{"size":1}', 'json'],
    ['{ 1 2\n', 'glove'],
  ] as const)('reads the first bytes of %j', (source, format) => {
    expect(detectFormat(bytesOf(source))).toBe(format);
  });
});

describe('refuseOtherFormats', () => {
  it.each([
    ['PK\u0005\u0006', /zip archive; unpack it first \(unzip\)/],
    [[0x28, 0xb5, 0x2f, 0xfd, 4], /compressed by Zstandard, .*\(zstd -d\), or compress it by gzip/],
    [bytesOf('BZh91AY&SY'), /compressed by bzip2, .*\(bunzip2\)/],
    [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /compressed by xz, .*\(unxz\)/],
    [[0x80, 2, 0x63], /Python pickle/],
    [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], /NumPy's \.npy/],
    [[0xff, 0xfe, 0x61, 0], /UTF-16; convert it to UTF-8/],
    [bytesOf(new Uint8Array(257), 'ustar'), /a tar archive/],
    ['\n<!DOCTYPE html><html>', /a web page \(HTML\).*fetch it again/],
    ['<html lang="en">', /a web page/],
    ['<?xml version="1.0"?><Error>', /a web page/],
    [
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n',
      /Git LFS pointer, .*git lfs pull/,
    ],
  ] as const)('calls %j what it is, and says what to do', (source, message) => {
    const bytes = bytesOf(source);
    expect(() => {
      refuseOtherFormats(bytes, 'x.vec');
    }).toThrow(message);
  });

  it('takes words that only look like it', () => {
    for (const text of [
      'BZh9 1 2\n',
      '<s> 1 2\n',
      '<html 1 2\n'.replace('html', 'htm'),
      'version 1 2\n',
      'PK 1\n',
    ]) {
      refuseOtherFormats(bytesOf(text), 'x');
    }
  });
});
