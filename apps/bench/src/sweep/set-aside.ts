import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileDurably } from '../records/write-file-durably.js';

/** So many are kept, the newest. */
const mostKept = 100;
/** Of each, so many characters. */
const mostCharacters = 65_536;
/** So many are reported one by one. */
const mostReported = 10;

/** Something from Redis that cannot be used. */
export interface SetAsideItem {
  /** What it is, as the subject of a sentence: `The delivery for softmax-seed-0`. */
  readonly what: string;
  /** What is wrong with it. */
  readonly reason: string;
  readonly text: string;
}

/** Where what came through Redis and cannot be used is kept for a person to look at. */
export interface SetAside {
  readonly folder: string;
  /** How much was set aside by this process. */
  readonly count: number;
  readonly add: (item: SetAsideItem) => void;
}

/**
 * Keeps bad deliveries and jobs as JSON files, within bounds, and reports them.
 *
 * @param onMessage - Called for each of the first ten, with a sentence.
 */
export function createSetAside(folder: string, onMessage: (text: string) => void): SetAside {
  let count = 0;
  return {
    folder,
    get count() {
      return count;
    },
    add({ what, reason, text }) {
      count += 1;
      const kept = keep(folder, count, { what, reason, text });
      if (count <= mostReported)
        onMessage(`${what} is set aside: ${trimmed(reason)}. ${kept} (${count} so far.)`);
      if (count === mostReported) onMessage('What else is set aside is only counted from here on.');
    },
  };
}

function keep(folder: string, count: number, { what, reason, text }: SetAsideItem): string {
  try {
    const at = new Date().toISOString();
    // A name that sorts by time and is nobody else's: sweep and workers may share the folder.
    const name = [at.replaceAll(':', '-'), String(count).padStart(6, '0'), randomUUID().slice(0, 8)].join(
      '-',
    );
    const path = join(folder, `${name}.json`);
    const item = { at, what, reason, characters: text.length, text: text.slice(0, mostCharacters) };
    writeFileDurably(path, [`${JSON.stringify(item, undefined, 2)}\n`]);
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    for (const name of names.sort().slice(0, -mostKept)) rmSync(join(folder, name), { force: true });
    return `See ${path}.`;
  } catch (error) {
    // The sweep goes on without the evidence.
    return `It could not be kept: ${trimmed((error as Error).message)}.`;
  }
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
