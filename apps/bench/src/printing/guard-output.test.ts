import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { createTerminalReporter } from './terminal-reporter.js';
import { createSweepView } from './sweep-view.js';
import { createProgressPrinter } from './progress-printer.js';
import { exampleProgress } from '../../test/example-run.js';
import { guardOutput } from './guard-output.js';

const evil = '\u001B]0;title\u0007\u001B[31mred\u001B[2J\u009B\u202E\rfake';
/** What the bench itself sends: colors, and what moves the cursor and clears lines. */
// eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
const own = /\u001B\[(?:\d*[ABCDEFGKm]|\?(?:25|2026)[hl])/g;

function terminal(): { stream: NodeJS.WriteStream; written: () => string } {
  const through = Object.assign(new PassThrough(), { isTTY: true, columns: 300, rows: 24 });
  const stream = through as unknown as NodeJS.WriteStream;
  guardOutput(stream);
  return { stream, written: () => String((through.read() as Buffer | null) ?? '') };
}

function expectNothingObeyed(text: string): void {
  expect(text).toContain(String.raw`\u001b]0;title\u0007\u001b[31mred\u001b[2J\u009b\u202e\u000dfake`);
  expect(text.replaceAll(own, '')).not.toMatch(/(?![\n\t])[\p{Cc}\u202E]/u);
}

describe('a guarded terminal', () => {
  test('shows whatever is written, and obeys nothing of it', () => {
    const { stream, written } = terminal();
    stream.write(`${evil}\n`);
    const text = written();
    expect(text.endsWith('fake\n')).toBe(true);
    expectNothingObeyed(text);
    expect(text).not.toMatch(own);
  });

  test('gets our own live lines and colors, with titles, metrics and outcomes in them that it does not obey', () => {
    vi.stubEnv('FORCE_COLOR', '1');
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    const { stream, written } = terminal();
    const reporter = createTerminalReporter(stream, { runs: 1 });
    reporter.report({
      ...{ kind: 'run-start', title: evil, seed: 0, folder: evil, epochs: 2, stepsPerEpoch: 1, batchSize: 1 },
      ...{ trainImages: 1, testImages: 1, parameters: 1 },
      metric: { name: evil, higherIsBetter: true, unit: evil },
    });
    const record = { epoch: 1, steps: 1, learningRate: 1, trainLoss: 1, testLoss: 1, metrics: { [evil]: 1 } };
    reporter.report({
      kind: 'epoch-end',
      record: { ...record, trainSeconds: 1, testSeconds: 1, imagesPerSecond: 1 },
    });
    reporter.close();
    const view = createSweepView(stream, { total: 2 });
    view.start({ id: 'a', title: evil });
    view.update('a', exampleProgress({ title: evil }));
    view.log(evil);
    view.end('a', evil);
    view.close();
    const printer = createProgressPrinter(stream);
    printer.show(evil, evil);
    printer.close();
    const text = written();
    vi.unstubAllEnvs();
    expect(text).toContain('\u001B[1m');
    expectNothingObeyed(text);
  });
});
