import { setUp } from './setup.js';
await setUp({
  onProgress: ({ message }) => {
    console.error(message);
  },
});
