// A set-up in a process of its own, for tests that kill it or run two at once.
// argv: JSON of { cacheFolder, environment, recipe }.
import { fakeCheck } from './fake-tools.js';
import { setUpIn, type SetUpInternals } from '../set-up/set-up.js';

const { cacheFolder, ...internals } = JSON.parse(process.argv[2]!) as SetUpInternals & {
  cacheFolder: string;
};
const { alreadyThere } = await setUpIn(
  { cacheFolder },
  { ...internals, checkAddon: () => Promise.resolve(fakeCheck) },
);
process.stdout.write(JSON.stringify({ alreadyThere }));
