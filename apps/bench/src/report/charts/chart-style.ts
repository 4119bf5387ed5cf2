/** How many series have a colour of their own. */
export const seriesColours = 6;

interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  readonly series: readonly string[];
}

const themes: Record<'light' | 'dark', Theme> = {
  light: {
    ink: '#1f2328',
    muted: '#59636e',
    grid: '#e4e7eb',
    paper: '#ffffff',
    // Apart for the colour-blind too, in hue or in lightness.
    series: ['#0b6bcb', '#d1560f', '#0f8a5f', '#9a3fb5', '#a67c00', '#4f6d85'],
  },
  dark: {
    ink: '#e6edf3',
    muted: '#9198a1',
    grid: '#2d333b',
    paper: '#0d1117',
    series: ['#5aa9ff', '#ff9a5c', '#3ecf9a', '#d58cf0', '#e8bf3a', '#9fb9cd'],
  },
};

/** The style sheet of charts; it reaches nothing outside of them. */
export function chartStyle(name: 'light' | 'dark'): string {
  const { ink, muted, grid, paper, series } = themes[name];
  return [
    '.chart{font-family:Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif;font-size:13px}',
    `.chart .paper{fill:${paper}}`,
    `.chart text{fill:${ink}}`,
    `.chart .muted{fill:${muted}}`,
    '.chart .heading{font-weight:bold}',
    `.chart .grid{stroke:${grid};fill:none}`,
    `.chart .axis{stroke:${muted};fill:none}`,
    `.chart .ink{color:${ink}}`,
    ...series.map((colour, index) => `.chart .s${index}{color:${colour}}`),
    '.chart .fill{fill:currentColor}',
    '.chart .line{stroke:currentColor;fill:none;stroke-linejoin:round;stroke-linecap:round}',
    // Words on a dark cell.
    `.chart .on{fill:${paper}}`,
    `.chart .hollow{stroke:currentColor;fill:${paper}}`,
    `.chart .dot{fill:currentColor;stroke:${paper}}`,
  ].join('\n');
}
