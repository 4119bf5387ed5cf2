import type { EngineName } from './messages.js';

/** Which engines are tried, in their order, for what was chosen. */
export function enginesFor(choice: 'auto' | EngineName): EngineName[] {
  return choice === 'auto' ? ['webgl', 'wasm', 'cpu'] : [choice, ...others(choice)];
}

function others(choice: EngineName): EngineName[] {
  return (['wasm', 'cpu'] as const).filter((name) => name !== choice);
}

const names: Readonly<Record<EngineName, string>> = {
  webgl: 'on the graphics card (WebGL)',
  wasm: 'on the processor (WebAssembly)',
  cpu: 'on the processor (plain JavaScript)',
};

/** What a visitor is told about where the numbers are computed; a fall back is never silent. */
export function engineSentence(choice: 'auto' | EngineName, used: EngineName): string {
  const wanted = choice === 'auto' ? 'webgl' : choice;
  if (wanted === used) return `Computed ${names[used]}.`;
  const missing = { webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript engine' }[wanted];
  return `This browser gives the page no ${missing}, so it computes ${names[used]}: slower, the same method.`;
}
