/** How everything in a picture looks, on light paper and on dark. */
const colours = {
  light: {
    paper: '#ffffff',
    ink: '#1f2328',
    muted: '#59636e',
    ball: '#f3f6fa',
    first: '#0b6bcb',
    second: '#d1560f',
  },
  dark: {
    paper: '#0d1117',
    ink: '#e6edf3',
    muted: '#9198a1',
    ball: '#161d27',
    first: '#5aa9ff',
    second: '#ff9a5c',
  },
};

function rules({ paper, ink, muted, ball, first, second }: (typeof colours)['light']): string {
  return [
    `.paper{fill:${paper}}`,
    `text{fill:${ink}}`,
    `.ball{fill:${ball};stroke:${muted}}`,
    `.thin{fill:none;stroke:${muted}}`,
    `.bold{fill:none;stroke:${ink};stroke-width:1.5}`,
    `.first{fill:none;stroke:${first};stroke-width:2.5}`,
    `.second{fill:none;stroke:${second};stroke-width:2.5}`,
    `.dashed{stroke-dasharray:4 4}`,
    `.first-dot{fill:${first};stroke:${paper}}`,
    `.second-dot{fill:${second};stroke:${paper}}`,
  ].join('');
}

/**
 * A whole SVG picture. It brings its own paper, which is dark where the reader's system is, so that it can be read on any page.
 *
 * @param title - what the picture shows, for those who do not see it
 */
export function svgPage(width: number, height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${title}</title>
<style>text{font:13px Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif}${rules(colours.light)}
@media (prefers-color-scheme:dark){${rules(colours.dark)}}</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
${parts.join('\n')}
</svg>
`;
}

/** A number as it is written into a picture: a tenth of a pixel is fine enough. */
export function pixel(value: number): string {
  return String(Number(value.toFixed(1)) + 0);
}

/** A line through points, each `[right, down]`. */
export function line(style: string, points: readonly (readonly [number, number])[]): string {
  const path = points.map(([right, down]) => `${pixel(right)} ${pixel(down)}`).join('L');
  return `<path class="${style}" d="M${path}"/>`;
}

/** A dot around `[right, down]`. */
export function dot(style: string, [right, down]: readonly [number, number], radius = 5): string {
  return `<circle class="${style}" cx="${pixel(right)}" cy="${pixel(down)}" r="${pixel(radius)}"/>`;
}

/** A part of a picture that is seen but faintly. `opacity`: 0 to 1. */
export function faint(part: string, opacity: number): string {
  return `<g opacity="${opacity}">${part}</g>`;
}

/** Words that begin, end or have their middle at `[right, down]`. */
export function words(
  text: string,
  [right, down]: readonly [number, number],
  anchor: 'start' | 'middle' | 'end' = 'middle',
): string {
  return `<text x="${pixel(right)}" y="${pixel(down)}" text-anchor="${anchor}">${text}</text>`;
}
