import { runCommandLine } from './command-line.js';

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => {
    interruption.abort();
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  signal: interruption.signal,
  debug: Boolean(process.env.DEBUG),
});
