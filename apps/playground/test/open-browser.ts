import { chromium, type Browser } from 'playwright-core';

/** Debian's, unless `CHROMIUM` names another. */
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A headless browser that talks to nobody else, with WebGL in software or without it. */
export async function openBrowser({ webgl }: { readonly webgl: boolean }): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(webgl
        ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']
        : ['--disable-gpu', '--disable-webgl', '--disable-webgl2', '--disable-software-rasterizer']),
    ],
  });
}
