/** Where a file comes from and how it is recognised. */
export interface DownloadSource {
  /** What pacote calls it: a URL, or a package of npm as `name@version`; or `apt:name@version`, a package of Debian. */
  readonly spec: string;
  /** Where it is, for people. */
  readonly location: string;
  /** Its sum, as Subresource Integrity: `<algorithm>-<base64>`. */
  readonly integrity: string;
  readonly bytes: number;
  /** After how many seconds without a byte, or with less than 1 KiB for each, it is given up. */
  readonly patienceSeconds: number;
  /** How often a failed connection is tried again. Default: as npm is configured. */
  readonly retries?: number;
}
