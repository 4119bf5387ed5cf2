import { bytesOf } from '@hyperspherical/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy } from './npy.js';
import { prototypesFromNpy } from './prototypes-from-npy.js';
import { simplexPrototypes } from './simplex-prototypes.js';

/** A `.npy` file by hand: version 1, any header text, any data. */
function npy(header: string, data: ArrayLike<number> = [], version = 1): Uint8Array {
  const length = version === 1 ? Uint16Array.of(header.length) : Uint32Array.of(header.length);
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0];
  return bytesOf(magic, length, header, Array.from(data));
}

describe('encodeNpy', () => {
  it('writes the bytes that numpy.save writes', () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117) + '\n';
    const values = Float32Array.from([1, 2, 3, 4, 5, -0.5]);
    const bytes = encodeNpy({ shape: [2, 3], values });
    expect(bytes).toEqual(npy(header, new Uint8Array(values.buffer)));
  });

  it('writes prototypes as [classes, dimensions]', () => {
    const prototypes = simplexPrototypes({ classes: 3, dimensions: 4 });
    const decoded = decodeNpy(encodeNpy(prototypes));
    expect(decoded.shape).toEqual([3, 4]);
    expect(decoded.values).toEqual(prototypes.values);
  });

  it('refuses values that do not fill the shape', () => {
    const values = new Float32Array(5);
    expect(() => encodeNpy({ shape: [2, 3], values })).toThrow('shape [2,3] holds 6 numbers, and values 5');
    expect(() => encodeNpy({ shape: [2.5, 2], values })).toThrow(
      'shape[0] must be an integer of at least 0, and is 2.5',
    );
    expect(() => encodeNpy({ shape: [5], values: [1] as never })).toThrow(TypeError);
    expect(() => encodeNpy({ shape: [5], values }, { version: 4 as 3 })).toThrow('version must be 1, 2 or 3');
  });
});

describe('decodeNpy', () => {
  it('gives back what encodeNpy was given, in every type, order and version', () => {
    const arrays = fc.record({
      shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
      float64: fc.boolean(),
      fortranOrder: fc.boolean(),
      version: fc.constantFrom(1 as const, 2 as const, 3 as const),
    });
    fc.assert(
      fc.property(arrays, ({ shape, float64, fortranOrder, version }) => {
        const count = shape.reduce((left, right) => left * right, 1);
        const values = new (float64 ? Float64Array : Float32Array)(count).map((_, index) =>
          Math.fround(index / 7),
        );
        const decoded = decodeNpy(encodeNpy({ shape, values }, { fortranOrder, version }));
        expect(decoded).toMatchObject({ shape, values, version });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('reads columns first where the file is in Fortran order, and big-endian numbers', () => {
    const data = new Uint8Array(24);
    const view = new DataView(data.buffer);
    [1, 4, 2, 5, 3, 6].forEach((value, index) => {
      view.setFloat32(4 * index, value);
    });
    const file = npy("{'shape': (2, 3), 'fortran_order': True, 'descr': '>f4'}\n", data, 3);
    expect(decodeNpy(file)).toMatchObject({ shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, 6]) });
  });

  it('refuses a file that is none, and one whose header lies, without allocating what it claims', () => {
    const header = (descr: string, shape: string) =>
      `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }\n`;
    const refused: [Uint8Array, RegExp][] = [
      [new Uint8Array(0), /no \.npy file/],
      [bytesOf('PK\u0003\u0004 and so on'), /no \.npy file/],
      [npy(header("'<f4'", '(1,)'), [0, 0, 0, 0], 9), /must be of version 1, 2 or 3, and is of version 9/],
      [npy(header("'<f4'", '(1,)')).subarray(0, 9), /ends in its header/],
      [npy(header("'<f4'", '(1,)')).subarray(0, 30), /ends in its header/],
      [npy(header("'|O'", '(1,)'), [0]), /must hold float, integer or boolean numbers, and holds \|O/],
      [npy(header("[('a', '<f4')]", '(1,)'), [0]), /and holds \[\('a', '<f4'\)\]; save it as float32/],
      [npy(header("'<c8'", '(1,)'), new Uint8Array(8)), /must hold float, integer or boolean/],
      [npy(header("'<f16'", '(1,)'), new Uint8Array(16)), /must hold float, integer or boolean/],
      [
        npy(header("'<i8'", '(1,)'), [1, 0, 0, 0, 0, 0, 0, 64]),
        /holds 4611686018427387905, which is beyond 2/,
      ],
      [npy(header("'<f4'", '[1]'), [0, 0, 0, 0]), /must name descr, fortran_order and shape/],
      [npy(header("'<f4'", '(2 2)'), new Uint8Array(16)), /must name descr, fortran_order and shape/],
      [
        npy(header("'<f4'", `(${'1, '.repeat(65)})`), [0, 0, 0, 0]),
        /must name descr, fortran_order and shape/,
      ],
      [npy(`${header("'<f4'", '()').trim()} 1\n`, [0, 0, 0, 0]), /must name descr, fortran_order and shape/],
      [npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': 1}\n"), /must name descr/],
      [npy(header("'<f4'", '(2,)'), [0, 0, 0, 0]), /says \[2\] of 4 bytes each, and 4 bytes follow/],
      [npy(header("'<f4'", '(1,)'), [0, 0, 0, 0, 0]), /says \[1\] of 4 bytes each, and 5 bytes follow/],
      [npy(header("'<f8'", '(1000000, 1000000)')), /says \[1000000,1000000\]/],
      [npy(header("'<f8'", `(${'9'.repeat(400)}, 0)`)), /says \[Infinity,0\]/],
      [npy(header("'<f4'", '(-1,)'), [0, 0, 0, 0]), /must name descr, fortran_order and shape/],
      [npy(header("'<f4'", '(1)'), [0, 0, 0, 0]), /must name descr, fortran_order and shape/],
      [npy("{'descr': '<f4'}\n"), /must name descr, fortran_order and shape/],
      [npy('{'.repeat(9000)), /must name descr, fortran_order and shape/],
      [npy(' '.repeat(20_000), [], 2), /header must be at most 10000 bytes long, and says 20000/],
    ];
    for (const [bytes, reason] of refused) expect(() => decodeNpy(bytes)).toThrow(reason);
    expect(() => decodeNpy('text' as never)).toThrow(
      'bytes must be a Uint8Array or an ArrayBuffer, and are "text"',
    );
  });

  it.each([
    ['long integers of Python 2', "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 2L), }"],
    ['double quotes', '{"descr": "<f4", "fortran_order": False, "shape": (2, 2)}'],
    ['the native byte order', "{'descr': '=f4', 'fortran_order': False, 'shape': (2, 2)}"],
    ['no byte order', "{'descr': 'f4', 'fortran_order': False, 'shape': (2, 2)}"],
    ['a name of the type', "{'descr': 'float32', 'fortran_order': False, 'shape': (2, 2)}"],
    ['other spacing', "  {'shape':(2,2,)\t,\n 'descr' : '<f4','fortran_order':False,}"],
    ['strings marked as Unicode', "{u'descr': u'<f4', u'fortran_order': False, u'shape': (2, 2)}"],
  ])('reads a header with %s, as NumPy does', (_what, header) => {
    const data = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
    for (const version of [1, 2, 3]) {
      expect(decodeNpy(npy(header, data, version))).toMatchObject({
        shape: [2, 2],
        values: Float32Array.of(1, 2, 3, 4),
        version,
      });
    }
  });

  it('reads integers, booleans and floats of 2 bytes, each exactly', () => {
    const read = (descr: string, data: ArrayBuffer | number[], count: number) => {
      const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${count},), }\n`;
      return decodeNpy(npy(header, new Uint8Array(data))).values;
    };
    expect(read('|b1', [0, 1], 2)).toEqual(Float32Array.of(0, 1));
    expect(read('|i1', [255, 127], 2)).toEqual(Float32Array.of(-1, 127));
    expect(read('|u1', [255, 0], 2)).toEqual(Float32Array.of(255, 0));
    expect(read('>i2', [255, 254], 1)).toEqual(Float32Array.of(-2));
    expect(read('<u2', [254, 255], 1)).toEqual(Float32Array.of(65_534));
    expect(read('<i4', Int32Array.of(-16_777_217).buffer, 1)).toEqual(Float64Array.of(-16_777_217));
    expect(read('<u4', Uint32Array.of(4_294_967_295).buffer, 1)).toEqual(Float64Array.of(4_294_967_295));
    expect(read('<i8', BigInt64Array.of(-3n).buffer, 1)).toEqual(Float64Array.of(-3));
    expect(read('>u8', [0, 0, 0, 0, 0, 0, 1, 2], 1)).toEqual(Float64Array.of(258));
    // 1, -2, the smallest number above 0, the largest, infinity and NaN.
    const halves = [0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x7e00];
    expect(read('<f2', Uint16Array.from(halves).buffer, 6)).toEqual(
      Float32Array.of(1, -2, 2 ** -24, 65_504, Infinity, Number.NaN),
    );
  });

  it('says what a file is that should have been a .npy file', () => {
    const files: [string, string][] = [
      ['', 'the file is empty'],
      ['<!DOCTYPE html><title>404</title>', 'the file is a web page; download the file itself'],
      ['\n <html lang="en">', 'the file is a web page'],
      ['PK\u0003\u0004', 'the file is a zip file, as numpy.savez writes (.npz)'],
      ['version https://git-lfs.github.com/spec/v1', 'the file is a pointer of Git LFS'],
      ['{"classes": 2}', 'the file is JSON'],
      ['1 2 3', 'they do not begin with \\x93NUMPY'],
    ];
    for (const [text, reason] of files) expect(() => decodeNpy(bytesOf(text))).toThrow(reason);
    expect(() => decodeNpy(Uint8Array.of(0x1f, 0x8b, 8))).toThrow('the file is compressed by gzip');
    expect(() => decodeNpy(Uint8Array.of(0x80, 4, 0x95))).toThrow("the file is a pickle of Python's");
  });

  it('reads a header of the largest size in one pass, whatever is in it', () => {
    // Each of these took seconds when the header was one regular expression, and the test would run out of time.
    for (const unit of ["],'b':[", '[]', '] ,', '(', ' ', "'", '"', '1, ', "u'", '9']) {
      const text = `{'a':[${unit.repeat(Math.floor(9900 / unit.length))}`;
      expect(() => decodeNpy(npy(text, [], 2))).toThrow('must name descr, fortran_order and shape');
    }
  });

  it('refuses any damaged file with a RangeError', () => {
    const whole = encodeNpy(simplexPrototypes({ classes: 3, dimensions: 2 }));
    fc.assert(
      fc.property(
        fc.nat({ max: 127 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: whole.length }),
        (at, byte, end) => {
          const damaged = whole.slice(0, end);
          if (at < end) damaged[at] = byte;
          try {
            expect(decodeNpy(damaged).values.length).toBeLessThanOrEqual(6);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('prototypesFromNpy', () => {
  it('reads float64 rows of any length as unit rows', () => {
    const { classes, dimensions, values } = prototypesFromNpy(
      encodeNpy({ shape: [2, 2], values: Float64Array.from([3, 4, 0, 2]) }),
    );
    expect([classes, dimensions]).toEqual([2, 2]);
    expect(values).toBeClose([0.6, 0.8, 0, 1]);
  });

  it('refuses what is not [classes, dimensions]', () => {
    const flat = encodeNpy({ shape: [4], values: new Float32Array(4) });
    expect(() => prototypesFromNpy(flat)).toThrow('must be of shape [classes, dimensions], and is of [4]');
    const single = encodeNpy({ shape: [], values: new Float32Array(1) });
    expect(() => prototypesFromNpy(single)).toThrow('must be of shape [classes, dimensions], and is of []');
    const none = encodeNpy({ shape: [4_000_000_000, 0], values: new Float32Array(0) });
    expect(() => prototypesFromNpy(none)).toThrow('dimensions must be an integer of at least 1, and is 0');
  });

  it('names the row and the place of a number that is no direction', () => {
    const file = encodeNpy({ shape: [2, 2], values: Float32Array.of(1, 0, 0, Number.NaN) });
    expect(() => prototypesFromNpy(file)).toThrow('rows[1][1] must be a finite number, and is NaN');
  });
});
