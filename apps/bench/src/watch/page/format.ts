/** `75.4` -> `1:15`; from an hour on `1:02:05`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (part: number): string => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Four digits, without zeros that say nothing. */
export function formatNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : 'none';
}

/** A metric's value as people say it: an accuracy in per cent, an error in its unit. */
export function formatMetricValue(name: string, value: number, unit?: string | null): string {
  if (name === 'accuracy') return `${(100 * value).toFixed(1)} %`;
  return unit ? `${formatNumber(value)} ${unit}` : formatNumber(value);
}

/** `meanAbsoluteError` -> `mean absolute error`. */
export function metricTitle(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
