/** What a README tells a newcomer to type first, and the example that it shows first. */
export interface FirstSteps {
  /** The packages that its `npm install` names. */
  readonly install: readonly string[];
  /** Its first block of TypeScript or JavaScript, if it has one. */
  readonly example: string | undefined;
}

/** @throws {Error} when there is no `npm install` in the README. */
export function firstSteps(readme: string): FirstSteps {
  const install = /^\s*npm install (.+)$/m.exec(readme)?.[1];
  if (install === undefined) throw new Error('The README has no line that begins with npm install.');
  return {
    install: install.trim().split(/\s+/),
    example: /^```(?:ts|js)\n(.*?)^```$/ms.exec(readme)?.[1],
  };
}
