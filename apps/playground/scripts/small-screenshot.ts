import type { Page, PageScreenshotOptions } from 'playwright-core';
import sharp from 'sharp';

/** What a page shows, as a PNG file that is small enough for the repository: few colours, and on a wide screen one pixel a CSS pixel. */
export async function smallScreenshot(
  page: Page,
  { isPhone, ...options }: PageScreenshotOptions & { readonly isPhone: boolean },
): Promise<Buffer> {
  const { width } = page.viewportSize()!;
  return sharp(await page.screenshot({ animations: 'disabled', ...options }))
    .resize({ width: width * (isPhone ? 2 : 1) })
    .png({ palette: true, colors: 64, compressionLevel: 9 })
    .toBuffer();
}
