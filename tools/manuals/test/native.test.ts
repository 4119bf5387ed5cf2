import { vi } from 'vitest';
import { runPrograms } from './run-programs.js';
import { withTinyData, withTinyWords } from './tiny-data.js';

vi.mock('@hyperspherical/datasets/node', async (original) => withTinyData(await original()));
vi.mock('@hyperspherical/word-embeddings/node', async (original) => withTinyWords(await original()));

runPrograms('native');
