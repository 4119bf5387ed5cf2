import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** An entry of an archive: a file with bytes, or whatever the header says. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes?: Uint8Array;
  readonly header?: Partial<Header>;
}

/** A gzipped tar archive of these entries. */
export async function makeArchive(entries: readonly ArchiveEntry[]): Promise<Uint8Array> {
  const tar = pack();
  for (const { name, bytes = new Uint8Array(0), header } of entries)
    tar.entry({ name, mtime: new Date(0), ...header }, Buffer.from(bytes));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks), { level: 1 });
}
