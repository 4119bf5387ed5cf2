import { describe, expect, it } from 'vitest';
import { runResultSchema, type RunResult } from './run-result.js';
import { exampleEpoch, exampleResult } from '../../test/example-run.js';

describe('runResultSchema', () => {
  it('takes what a run writes, finished or not', () => {
    expect(runResultSchema.safeParse(exampleResult()).error).toBeUndefined();
    const none = exampleResult({ status: 'interrupted', epochs: 0, final: null, best: null, history: {} });
    expect(runResultSchema.safeParse(none).error).toBeUndefined();
  });

  const { history } = exampleResult();
  const edited: [string, Partial<RunResult>, string][] = [
    ['another accuracy', { final: exampleEpoch(3, { metrics: { accuracy: 0.99 } }) }, 'final.accuracy'],
    ['another epoch as the last', { final: exampleEpoch(2) }, 'final'],
    ['a worse epoch as the best', { best: exampleEpoch(2) }, 'best'],
    ['a cut history', { history: { ...history, testLoss: history.testLoss!.slice(1) } }, 'history.testLoss'],
    ['another number of epochs', { epochs: 30 }, 'history.trainLoss'],
    ['another status', { epochs: 0, final: null, best: null, history: {} }, 'status'],
    ['no last epoch', { final: null }, 'final'],
  ];
  it.each(edited)('takes no result with %s', (_, changes, path) => {
    const { error } = runResultSchema.safeParse(exampleResult(changes));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
    expect(error?.issues[0]?.message).toMatch(/it seems edited$/);
  });
});
