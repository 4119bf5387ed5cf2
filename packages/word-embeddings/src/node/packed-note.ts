import { OddRows } from '../odd-rows.js';

/** The note of a packed file: of which source it is, and which of that one's rows were skipped. */
export function encodeNote(source: string, odd: OddRows): Uint8Array {
  return Buffer.from(JSON.stringify({ source, odd: odd.record() }));
}

/** The rows that were skipped; nothing where it is no note, or one of another source. */
export function decodeNote(note: string, source: string): OddRows | undefined {
  try {
    const given = JSON.parse(note) as { readonly source?: unknown; readonly odd?: unknown } | null;
    return given?.source === source ? OddRows.of(given.odd) : undefined;
  } catch {
    return undefined;
  }
}
