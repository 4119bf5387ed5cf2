// What we use of @npmcli/config, which ships no types.
declare module '@npmcli/config/lib/definitions/index.js' {
  interface NpmDefinitions {
    readonly definitions: object;
    readonly flatten: unknown;
    readonly shorthands: object;
  }
  const options: NpmDefinitions;
  export default options;
}
declare module '@npmcli/config' {
  import { type NpmDefinitions } from '@npmcli/config/lib/definitions/index.js';

  export default class Config {
    constructor(
      options: NpmDefinitions & {
        readonly npmPath: string;
        readonly argv: readonly string[];
        readonly env: Record<string, string | undefined>;
        readonly warn: boolean;
      },
    );
    load(): Promise<void>;
    readonly flat: Readonly<Record<string, unknown>>;
  }
}
