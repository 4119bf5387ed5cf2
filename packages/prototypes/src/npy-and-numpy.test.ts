import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy } from './npy.js';
import { simplexPrototypes } from './simplex-prototypes.js';

const python = process.env.PYTHON ?? 'python3';
const hasNumpy = spawnSync(python, ['-c', 'import numpy']).status === 0;

describe('.npy files', () => {
  it.skipIf(!hasNumpy)('are read as NumPy writes them, and written with the same bytes (needs NumPy)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'npy-'));
    try {
      const file = join(folder, 'array.npy');
      for (const [type, order, version] of [
        ['<f4', 'C', 1],
        ['<f8', 'F', 2],
        ['<f4', 'F', 3],
      ] as const) {
        const script = `import numpy, sys
array = numpy.asarray((numpy.arange(60) / 8).astype('${type}').reshape(3, 4, 5), order='${order}')
numpy.lib.format.write_array(open(sys.argv[1], 'wb'), array, version=(${version}, 0))`;
        execFileSync(python, ['-W', 'ignore', '-c', script, file]);
        const written = readFileSync(file);
        const { shape, values, fortranOrder } = decodeNpy(written);
        expect({ shape, fortranOrder }).toEqual({ shape: [3, 4, 5], fortranOrder: order === 'F' });
        expect(values).toBeClose(Array.from({ length: 60 }, (_, index) => index / 8));
        expect(Buffer.from(encodeNpy({ shape, values }, { fortranOrder, version })).equals(written)).toBe(
          true,
        );
      }
      for (const type of ['<f2', '>f4', '>f8', '|i1', '>u2', '<i4', '<i8', '>u8', '|b1']) {
        const script = `import numpy, sys
numpy.save(sys.argv[1], numpy.asfortranarray((numpy.arange(6) % 2).reshape(2, 3)).astype('${type}', order='K'))`;
        execFileSync(python, ['-c', script, file]);
        const { shape, values } = decodeNpy(readFileSync(file));
        expect({ type, shape, values: Array.from(values) }).toEqual({
          type,
          shape: [2, 3],
          values: [0, 1, 0, 1, 0, 1],
        });
      }
      writeFileSync(file, encodeNpy(simplexPrototypes({ classes: 3, dimensions: 2 })));
      const loaded = execFileSync(python, [
        '-c',
        'import numpy, sys; print(numpy.load(sys.argv[1], allow_pickle=False).shape)',
        file,
      ]);
      expect(String(loaded).trim()).toBe('(3, 2)');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
