/** What `onProgress` is told while a dataset is fetched. */
export type DatasetProgress =
  | {
      readonly event: 'download';
      /** The source's title, and where it is. */
      readonly source: string;
      readonly location: string;
      readonly bytesDone: number;
      readonly bytesTotal: number;
    }
  | {
      /** A source did not work; the next one, if any, is tried. */
      readonly event: 'source-failed';
      readonly source: string;
      readonly location: string;
      readonly reason: string;
      /** The title of the source that is tried now. */
      readonly next?: string;
    }
  | {
      /** The download is checked and is being unpacked: `filesDone` of `filesTotal` are in the cache. */
      readonly event: 'unpack';
      readonly file: string;
      readonly filesDone: number;
      readonly filesTotal: number;
    }
  | {
      /** Image files are decoded into memory: `imagesDone` of `imagesTotal` are. */
      readonly event: 'decode';
      readonly imagesDone: number;
      readonly imagesTotal: number;
    }
  | {
      /** Something in a folder of images is not read, such as `__MACOSX`, or a folder without an image. */
      readonly event: 'skipped';
      readonly folder: string;
      /** Of what kind, in the plural, such as `folders without images`. */
      readonly what: string;
      readonly count: number;
      /** Up to three of them, relative to the folder. */
      readonly examples: readonly string[];
    }
  | {
      /** A file in the cache was not what it should be and has been removed; it is fetched again. */
      readonly event: 'damaged';
      readonly file: string;
      readonly reason: string;
    };

/** Takes progress as it happens. */
export type OnDatasetProgress = (progress: DatasetProgress) => void;
