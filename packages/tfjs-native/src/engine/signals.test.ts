import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../testing/signal-storm.ts', import.meta.url));

describe('the engine', () => {
  it.each(['0', '1'])(
    'computes gradients of convolutions under a storm of signals, TF_ENABLE_ONEDNN_OPTS=%s',
    (oneDnn) => {
      const { stdout, stderr, status, signal } = spawnSync(
        process.execPath,
        ['--conditions=@hyperspherical/source', '--import', 'tsx', program, '150'],
        { encoding: 'utf8', env: { ...process.env, TF_ENABLE_ONEDNN_OPTS: oneDnn } },
      );
      expect({ stderr, status, signal }).toEqual({ stderr: '', status: 0, signal: null });
      expect(Number(/^(\d+) signals$/m.exec(stdout)?.[1])).toBeGreaterThan(50);
    },
  );
});
