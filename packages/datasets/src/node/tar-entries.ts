/** What an entry of a tar archive is. */
export interface TarEntry {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'other';
  readonly size: number;
  /** The file's bytes, which can be read until the next entry is asked for; what is not read is passed over. */
  readonly chunks: AsyncIterable<Uint8Array, undefined>;
}

const block = 512;
const mostHeaderBytes = 2 ** 20;

const types: Readonly<Record<string, TarEntry['type']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'link',
  '2': 'symlink',
  '5': 'directory',
};

const utf8 = new TextDecoder('utf-8');

/**
 * The entries of a tar archive, one after the other: ustar, with the long names of GNU and pax. It is pulled, never pushed, so that
 * it ends or throws whatever the archive says. (tar-stream loses errors of headers that come after an entry with a false size, and
 * then never settles.)
 *
 * @throws {Error} `Invalid tar header ...` or `Unexpected end of data`, both with the byte.
 */
export async function* tarEntries(chunks: AsyncIterable<Uint8Array, undefined>): AsyncGenerator<TarEntry> {
  const reader = blockReader(chunks);
  let pax = new Map<string, string>();
  let globalPax = new Map<string, string>();
  let longPath: string | undefined;
  for (;;) {
    const start = reader.position();
    const header = await reader.take(block, true);
    if (!header) return;
    if (header.every((byte) => byte === 0)) continue;
    const fault = (reason: string): Error => new Error(`Invalid tar header at byte ${start}: ${reason}`);
    checkSum(header, fault);
    const type = String.fromCharCode(header[156]!);
    const ownSize = numberOf(header.subarray(124, 136), 'size', fault);
    if (type === 'x' || type === 'g' || type === 'L' || type === 'K') {
      if (ownSize > mostHeaderBytes)
        throw fault(`it has ${ownSize} bytes, at most ${mostHeaderBytes} are right`);
      const text = (await reader.take(ownSize))!;
      await reader.pass(padding(ownSize));
      if (type === 'x') pax = paxRecords(text, fault);
      else if (type === 'g') globalPax = new Map([...globalPax, ...paxRecords(text, fault)]);
      else if (type === 'L') longPath = textOf(text);
      continue;
    }
    const records = new Map([...globalPax, ...pax]);
    if ([...records.keys()].some((key) => key.startsWith('GNU.sparse')))
      throw fault('it is of a sparse file');
    const paxSize = records.get('size');
    if (paxSize !== undefined && !/^\d{1,15}$/.test(paxSize)) throw fault('its pax size is no number');
    const path = records.get('path') ?? longPath ?? shortPath(header);
    const kind =
      (type === '0' || type === '\0') && path.endsWith('/') ? 'directory' : (types[type] ?? 'other');
    const size = paxSize === undefined ? ownSize : Number(paxSize);
    pax = new Map();
    longPath = undefined;
    const end = reader.position() + size;
    yield { path, type: kind, size, chunks: reader.stream(end) };
    await reader.pass(end - reader.position() + padding(size));
  }
}

type Fault = (reason: string) => Error;

const padding = (size: number): number => (block - (size % block)) % block;

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function shortPath(header: Uint8Array): string {
  const isUstar = textOf(header.subarray(257, 263)) === 'ustar';
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : '';
  const name = textOf(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function checkSum(header: Uint8Array, fault: Fault): void {
  let sum = 8 * 32;
  for (let at = 0; at < block; at += 1) if (at < 148 || at >= 156) sum += header[at]!;
  if (sum !== numberOf(header.subarray(148, 156), 'checksum', fault)) throw fault('its checksum is wrong');
  if (textOf(header.subarray(257, 262)) !== 'ustar') throw fault('it is of an unknown format');
}

/** Octal digits, or where the first byte is 0x80 a big-endian number of the other bytes. */
function numberOf(field: Uint8Array, what: string, fault: Fault): number {
  let value = 0;
  if (field[0] === 0x80) for (const byte of field.subarray(1)) value = value * 256 + byte;
  else {
    const text = String.fromCharCode(...field);
    const digits = /^ *([0-7]*)[ \0]*$/.exec(text)?.[1];
    if (digits === undefined) throw fault(`its ${what} ${JSON.stringify(text)} is no octal number`);
    value = parseInt(digits || '0', 8);
  }
  if (!Number.isSafeInteger(value)) throw fault(`its ${what} is too large`);
  return value;
}

/** Records of the form `<length> <key>=<value>\n`; the length counts the whole record. */
function paxRecords(bytes: Uint8Array, fault: Fault): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const length = Number(/^(\d{1,8}) /.exec(utf8.decode(bytes.subarray(at, at + 9)))?.[1] ?? 0);
    const record = utf8.decode(bytes.subarray(at, at + length));
    const match = /^\d+ ([^=]+)=([^]*)\n$/.exec(record);
    if (!match || at + length > bytes.length) throw fault('its pax records are damaged');
    records.set(match[1]!, match[2]!);
    at += length;
  }
  return records;
}

/** Reads exact numbers of bytes from chunks of any size. */
function blockReader(chunks: AsyncIterable<Uint8Array, undefined>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  let position = 0;
  const next = async (most: number): Promise<Uint8Array | undefined> => {
    while (rest.length === 0) {
      const { done, value } = await iterator.next();
      if (done) return undefined;
      rest = value;
    }
    const bytes = rest.subarray(0, most);
    rest = rest.subarray(bytes.length);
    position += bytes.length;
    return bytes;
  };
  const ended = (): Error => new Error(`Unexpected end of data at byte ${position}`);
  async function* stream(end: number): AsyncGenerator<Uint8Array> {
    while (position < end) {
      const bytes = await next(end - position);
      if (!bytes) throw ended();
      yield bytes;
    }
  }
  return {
    position: () => position,
    stream,
    pass: async (count: number): Promise<void> => {
      for (const end = position + count; position < end;) if (!(await next(end - position))) throw ended();
    },
    /** So many bytes; nothing at the end of the archive, where that may be. */
    take: async (count: number, mayEnd = false): Promise<Uint8Array | undefined> => {
      const bytes = new Uint8Array(count);
      for (let at = 0; at < count;) {
        const more = await next(count - at);
        if (!more && mayEnd && at === 0) return undefined;
        if (!more && position < block) throw new Error('Invalid tar header at byte 0: the file ends in it');
        if (!more) throw ended();
        bytes.set(more, at);
        at += more.length;
      }
      return bytes;
    },
  };
}
