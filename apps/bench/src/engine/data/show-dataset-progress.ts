import type { DatasetProgress } from '@hyperspherical/datasets/node';
import type { ProgressPrinter } from '../../printing/progress-printer.js';

/** Tells a printer what the fetching of a dataset reports. */
export function showDatasetProgress(printer: ProgressPrinter): (progress: DatasetProgress) => void {
  const noted = new Set<string>();
  return (progress) => {
    switch (progress.event) {
      case 'download': {
        const { source, bytesDone, bytesTotal } = progress;
        const stage = `Downloading from ${source} (${(bytesTotal / 1e6).toFixed(0)} MB)`;
        printer.show(stage, `${stage}: ${Math.floor((100 * bytesDone) / bytesTotal)} %`);
        break;
      }
      case 'source-failed': {
        const next = progress.next === undefined ? '' : ` Trying ${progress.next}.`;
        const message = `${progress.source} did not work: ${progress.reason.replace(/\.$/, '')}.${next}`;
        printer.show(message, message);
        break;
      }
      case 'unpack':
        printer.show('Unpacking', `Unpacking: ${progress.filesDone} of ${progress.filesTotal} files`);
        break;
      case 'decode':
        printer.show('Decoding', `Decoding: ${progress.imagesDone} of ${progress.imagesTotal} images`);
        break;
      case 'skipped': {
        const { folder, what, count, examples } = progress;
        const message = `Not read in ${folder}: ${count} ${what}, such as ${examples.join(', ')}.`;
        // A folder may be read twice: first to see how large it is.
        if (!noted.has(message)) printer.note(message);
        noted.add(message);
        break;
      }
      case 'damaged': {
        const message = `${progress.file} was damaged (${progress.reason}) and is fetched again.`;
        printer.show(message, message);
        break;
      }
    }
  };
}
