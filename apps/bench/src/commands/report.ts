import { type Command, InvalidArgumentError } from 'commander';
import type { ReportOptions } from '../report/write-report.js';

const formats = ['markdown', 'html', 'svg', 'png', 'latex'] as const;

/** Adds `bench report <folders...>`: finished runs as tables, pictures and a page. */
export function addReportCommand(program: Command): void {
  program
    .command('report <folders...>')
    .summary('write the results of finished runs as tables, pictures and a page')
    .description(
      'Looks for runs below the folders and reports the completed ones by study: mean and spread over seeds beside the published ' +
        'values, curves, confusions, spheres, time and machine. Without --out or --into it prints Markdown.',
    )
    .option('--out <folder>', 'write report.md, report.html, report.tex and figures/ here')
    .option(
      '--format <list>',
      `of ${formats.join(', ')}, with commas between (default: markdown,html,svg with --out)`,
      readFormats,
    )
    .option(
      '--into <document>',
      'put the Markdown between <!-- report:begin --> and <!-- report:end --> of a document',
    )
    .option('--marker <name>', 'the word in those markers in place of report', readMarker, 'report')
    .option(
      '--claims [path]',
      'say which claims the runs show or contradict: those that come with the bench, or a JSON file or folder of yours',
    )
    .option(
      '--pictures [path]',
      'draw pictures of several experiments into <out>/figures: those that come with the bench, or a JSON file or folder of yours',
    )
    .option(
      '--pictures-into <document>',
      'show them between <!-- pictures:begin --> and <!-- pictures:end --> of a document',
    )
    .option('--title <text>', 'the title of the report', 'Results')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench report runs\n  bench report runs --out report --format markdown,html,png,latex\n  bench report results --into RESULTS.md',
    )
    .action(async (folders: string[], options: ReportOptions) => {
      const { writeReport } = await import('../report/write-report.js');
      await writeReport(folders, options);
    });
}

function readFormats(text: string): (typeof formats)[number][] {
  const words = text.split(',').map((word) => word.trim());
  return words.map((word) => {
    const format = formats.find((known) => known === word);
    if (format === undefined)
      throw new InvalidArgumentError(`Give some of ${formats.join(', ')}, with commas between.`);
    return format;
  });
}

function readMarker(text: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(text))
    throw new InvalidArgumentError('Give lower-case letters, digits and hyphens.');
  return text;
}
