// What we use of @npmcli/config, which ships no types.
declare module '@npmcli/config/lib/definitions/index.js' {
  const options: { readonly definitions: object; readonly flatten: unknown; readonly shorthands: object };
  // eslint-disable-next-line no-restricted-syntax -- what a CommonJS module exports
  export default options;
}
declare module '@npmcli/config' {
  // eslint-disable-next-line no-restricted-syntax, jsdoc/require-jsdoc -- theirs
  export default class Config {
    constructor(options: {
      readonly definitions: object;
      readonly flatten: unknown;
      readonly shorthands: object;
      readonly npmPath: string;
      readonly argv: readonly string[];
      readonly env: Record<string, string | undefined>;
      readonly warn: boolean;
    });
    load(): Promise<void>;
    readonly flat: Readonly<Record<string, unknown>>;
  }
}
