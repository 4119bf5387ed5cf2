import { z } from 'zod';

/** Each is looked up among all others: this many are a whole paper. */
export const mostPublished = 200;

/** A published number that an experiment stands beside. */
export const reproducesSchema = z.strictObject({
  /** Such as `Mettes et al. 2019`. */
  paper: z.string(),
  /** Such as `Table 1`. */
  table: z.string(),
  /** Which cell, in the table's own words: `HPN, CIFAR-100, 50 dimensions`. */
  cell: z.string(),
  /** A key of an epoch's `metrics`. */
  metric: z.string(),
  /** In the metric's own scale: an accuracy as a share, 0.647. Absent where the paper only drew it. */
  value: z.number().optional(),
  /** The published standard deviation, in the same scale. */
  deviation: z.number().optional(),
  /** How many runs the published value is the mean of. */
  runs: z.int().min(1).optional(),
  /** What differs from the published setting, in one sentence; absent where nothing does. */
  differs: z.string().optional(),
  /** False where data or unit are others, so that no difference means anything. */
  comparable: z.boolean().optional(),
  /**
   * The study whose table shows this number, where it is not the experiment's own: one run may stand in two of a paper's tables, and
   * is carried out once.
   */
  study: z.string().optional(),
});

/** A published number that an experiment stands beside. */
export type Reproduces = z.output<typeof reproducesSchema>;
