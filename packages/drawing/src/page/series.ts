/** One line of a chart. */
export interface Series {
  readonly label: string;
  /** CSS. */
  readonly color: string;
  readonly dashed?: boolean;
  /** Behind the others. */
  readonly faint?: boolean;
  readonly xs: readonly number[];
  /** null where there is no value. */
  readonly ys: readonly (number | null)[];
}
