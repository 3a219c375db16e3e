import { existsSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

/** The real browser; what it would fetch by itself it does not. */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(`There is no Chromium at ${executablePath}: install it, or set CHROMIUM_PATH.`);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
  return chromium.launch({ executablePath, args });
};

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What a machine finds wrong with a page, in light or in dark, for people who cannot see or use a mouse. */
export const axeFinds = async (page: Page, colorScheme: 'light' | 'dark'): Promise<readonly string[]> => {
  await page.emulateMedia({ colorScheme });
  const found = await page.evaluate(`(async () => { ${axe}; return (await axe.run()).violations; })()`);
  return (found as readonly { id: string; nodes: readonly { html: string }[] }[]).map(
    ({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
};

/** A page of a desk's size that tells what its scripts complain of. */
export const watchedPage = async (browser: Browser, complaints: string[]): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  return page;
};
