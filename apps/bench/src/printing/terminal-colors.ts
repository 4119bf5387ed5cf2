import pc from 'picocolors';

/** Functions that colour a text, or leave it as it is. */
export type Colors = ReturnType<typeof pc.createColors>;

/**
 * Colours for what is written to this stream: with a terminal behind it, unless `NO_COLOR` (not empty) or `TERM=dumb` says no or
 * `FORCE_COLOR` says otherwise (`0` and `false`: no; anything else: yes). `NO_COLOR` wins.
 */
export function terminalColors(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Colors {
  return pc.createColors(wantsColors(stream, environment));
}

function wantsColors(
  { isTTY = false }: { readonly isTTY?: boolean },
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && TERM !== 'dumb';
}
