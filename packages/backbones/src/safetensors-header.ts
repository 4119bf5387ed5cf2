/** One array, as the header describes it; its bytes begin after the header. */
export interface ArrayEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** A header that has been checked against the size of its file. */
export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly ArrayEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a number of each dtype of the format. */
const sizes: Readonly<Record<string, number>> = {
  ...{ BOOL: 1, U8: 1, I8: 1, F8_E5M2: 1, F8_E4M3: 1, F8_E8M0: 1 },
  ...{ U16: 2, I16: 2, F16: 2, BF16: 2, U32: 4, I32: 4, F32: 4 },
  ...{ U64: 8, I64: 8, F64: 8, C64: 8, F4: 1 / 2, F6_E2M3: 3 / 4, F6_E3M2: 3 / 4 },
};

/** Names of a hundred thousand arrays fit; more would only cost memory. */
export const largestHeader = 2 ** 24;
const largestRank = 32;

/**
 * Reads a header, and checks that its arrays cover the file's other bytes once, as the format demands.
 *
 * @param dataBytes - how many bytes come after the header
 * @throws {RangeError} If anything else is the case.
 */
export function readSafetensorsHeader(bytes: Uint8Array, dataBytes: number): SafetensorsHeader {
  const header = parse(bytes);
  const { __metadata__: metadata = {}, ...arrays } = header;
  if (!isRecord(metadata)) throw refusal(`its __metadata__ is ${quoted(metadata)}; it must be an object`);
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value === 'string') continue;
    throw refusal(`its __metadata__ has ${quoted(value)} at ${quoted(key)}; it can have strings alone`);
  }
  const entries = Object.entries(arrays).map(([name, entry]) => readEntry(name, entry));
  entries.sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const { name, from, to } of entries) {
    if (from !== end) {
      const what = from < end ? 'which another array has, too' : `with a gap after byte ${end}`;
      throw refusal(`${quoted(name)} has bytes ${from} to ${to}, ${what}`);
    }
    end = to;
  }
  if (end !== dataBytes) {
    throw refusal(`its arrays have ${end} bytes, and ${dataBytes} come after its header`);
  }
  return { entries, metadata: metadata as Record<string, string> };
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.length > largestHeader) {
    throw refusal(`its header has ${bytes.length} bytes; at most ${largestHeader} are read`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refusal('its header is not UTF-8', cause);
  }
  checkNesting(text);
  const header = parsed(text, 'its header');
  if (!isRecord(header)) throw refusal(`its header is ${quoted(header)}; it must be an object`);
  return header;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refusal(`${what} is not JSON`, cause);
  }
}

/**
 * Checks what JSON.parse cannot: that nothing is nested deeper than the format nests, before millions of brackets become
 * objects, and that no object has a name twice, of which only the last would be kept. The text need not be JSON.
 */
function checkNesting(text: string): void {
  const objects: Set<unknown>[] = [];
  let last = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '"') {
      const start = at;
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
      last = text.slice(start, at + 1);
    } else if (char === ':') {
      // Parsed, since escapes may write one name in two ways; and once, whatever follows.
      const name = parsed(last, 'its header');
      last = '';
      if (objects.at(-1)?.has(name)) throw refusal(`its header has the name ${quoted(name)} twice`);
      objects.at(-1)?.add(name);
    } else if (char === '{' || char === '[') {
      objects.push(new Set());
      if (objects.length > 3) throw refusal('its header is nested more than 3 deep');
    } else if (char === '}' || char === ']') objects.pop();
  }
}

function readEntry(name: string, entry: unknown): ArrayEntry {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  if (typeof dtype !== 'string' || !Object.hasOwn(sizes, dtype)) {
    throw refusal(`the dtype of ${quoted(name)} is ${quoted(dtype)}, which the format does not have`);
  }
  if (!isListOfCounts(shape) || shape.length > largestRank) {
    throw refusal(
      `the shape of ${quoted(name)} is ${quoted(shape)}; it must be at most ${largestRank} whole numbers`,
    );
  }
  if (!isListOfCounts(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    throw refusal(
      `the data_offsets of ${quoted(name)} are ${quoted(offsets)}; they must be two whole numbers, the smaller first`,
    );
  }
  const [from, to] = offsets as [number, number];
  const bytes = shape.includes(0) ? 0 : shape.reduce((product, side) => product * side, sizes[dtype]!);
  if (bytes !== to - from) {
    throw refusal(
      `${quoted(name)} of shape [${shape.join()}] in ${dtype} does not fit bytes ${from} to ${to}`,
    );
  }
  return { name, dtype, shape, from, to };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

/** A value as JSON, no longer than a line. */
function quoted(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** What is thrown for a file that is no safetensors file, or a broken one. */
export function refusal(reason: string, cause?: unknown): RangeError {
  return new RangeError(`Broken safetensors: ${reason}.`, { cause });
}
