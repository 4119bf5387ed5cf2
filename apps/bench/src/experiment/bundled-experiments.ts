import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { Settings } from './merge-settings.js';
import { paperSchema, partsSchema, type Study, studySchema } from './study-schema.js';

const folder = fileURLToPath(new URL('../../experiments/', import.meta.url));
const partsFile = 'parts.json';
const quickSuffix = '-quick';

/** An experiment that comes with the bench. */
export interface BundledExperiment {
  /** `<study>/<name>`, as `bench run` takes it. */
  readonly name: string;
  /** The file of its study. */
  readonly path: string;
}

/** Every experiment that comes with the bench, sorted by name. */
export function bundledExperiments(): BundledExperiment[] {
  return [...studies().values()]
    .flatMap(({ study, path }) =>
      Object.keys(study.cells).flatMap((cell) => [
        { name: `${study.study}/${cell}`, path },
        ...(study.quick ? [{ name: `${study.study}${quickSuffix}/${cell}`, path }] : []),
      ]),
    )
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * What an experiment that comes with the bench is made of: the study's base and its cell, and for the quick size what makes them quick.
 *
 * @param name - `<study>/<name>`.
 * @returns Settings, the later on top; undefined where there is no such experiment.
 */
export function bundledLayers(name: string): readonly Settings[] | undefined {
  const [studyName = '', cellName = ''] = name.split('/');
  const full = studies().get(studyName)?.study;
  if (full) return cellLayers(full, cellName, studyName);
  if (!studyName.endsWith(quickSuffix)) return undefined;
  const quick = studies().get(studyName.slice(0, -quickSuffix.length))?.study;
  return quick?.quick && cellLayers(quick, cellName, studyName);
}

/** Settings that several studies extend by this name, as one layer; undefined where there are none. */
export function bundledPart(name: string): readonly Settings[] | undefined {
  const { parts } = partsSchema.parse(readJson(partsFile));
  return Object.hasOwn(parts, name) ? [parts[name]!] : undefined;
}

/** A published value with its deviation and count, by paper, table and cell; undefined where the paper is not here. */
export function publishedCell(paper: string, table: string, cell: string): Settings | undefined {
  papers ??= new Map(
    readdirSync(join(folder, 'papers')).map((file) => {
      const { paper: title, tables } = paperSchema.parse(readJson(join('papers', file)));
      return [title, tables];
    }),
  );
  return papers.get(paper)?.[table]?.[cell];
}

let papers: Map<string, z.output<typeof paperSchema>['tables']> | undefined;

function cellLayers(study: Study, cellName: string, studyName: string): Settings[] | undefined {
  if (!Object.hasOwn(study.cells, cellName)) return undefined;
  const { quick: cellQuick = {}, ...cell } = study.cells[cellName]!;
  const isQuick = studyName !== study.study;
  return [
    study.base,
    cell,
    ...(isQuick ? [study.quick ?? {}, cellQuick as Settings] : []),
    { study: studyName, name: cellName },
  ].map((layer) => withPaper(layer, study.paper));
}

/** A study names its paper once. */
function withPaper(layer: Settings, paper: string | undefined): Settings {
  const { reproduces } = layer;
  if (!Array.isArray(reproduces)) return layer;
  return { ...layer, reproduces: reproduces.map((each: Settings) => ({ paper, ...each })) };
}

interface StudyFile {
  readonly study: Study;
  readonly path: string;
}

let read: ReadonlyMap<string, StudyFile> | undefined;

function studies(): ReadonlyMap<string, StudyFile> {
  read ??= new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json') && file !== partsFile)
      .map((file) => {
        const study = studySchema.parse(readJson(file));
        return [study.study, { study, path: join(folder, file) }];
      }),
  );
  return read;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
