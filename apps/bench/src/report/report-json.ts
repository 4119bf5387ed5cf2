import type { Report } from './report-model.js';
import { placeText } from './row-text.js';

/** A report as the one document of `--json`: numbers in the metrics' own scales. */
export function reportJson({ studies, leftOut, claims }: Report, files: readonly string[]): unknown {
  return {
    studies: studies.map(({ name, configurations, tables }) => ({
      name,
      configurations: configurations.map((configuration) => {
        const { label, name: experiment, digest, diverged, unfinished, runs } = configuration;
        const { machine, commit } = placeText(configuration);
        return {
          label,
          name: experiment,
          configuration: digest,
          diverged,
          unfinished,
          machine,
          commit,
          runs: runs.map(({ folder, result }) => ({
            folder,
            seed: result.seed,
            seconds: result.seconds,
            imagesPerSecond: result.imagesPerSecond,
          })),
        };
      }),
      tables: tables.map(({ metric, rows }) => ({
        metric: metric.name,
        higherIsBetter: metric.higherIsBetter ?? null,
        rows: rows.map(({ configuration, seeds, final, best, published, comparison }) => ({
          label: configuration.label,
          configuration: configuration.digest,
          seeds,
          final,
          best,
          published: published ?? null,
          comparison: comparison ?? null,
        })),
      })),
    })),
    leftOut,
    ...(claims && {
      claims: claims.map(({ claim, metric, ...judged }) => ({
        ...claim,
        higherIsBetter: metric.higherIsBetter ?? null,
        ...judged,
      })),
    }),
    files,
  };
}
