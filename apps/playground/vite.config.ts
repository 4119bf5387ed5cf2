import { defaultClientConditions, defineConfig } from 'vite';
import { serviceWorkerPlugin } from './scripts/service-worker-plugin.js';

export default defineConfig({
  // Every path is relative, so that the built folder works wherever it is put.
  base: './',
  resolve: { conditions: ['@hyperspherical/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 2000 },
  plugins: [serviceWorkerPlugin()],
});
