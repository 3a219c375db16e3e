import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The real browser, without anything that it would do by itself. */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it, or set CHROMIUM_PATH to its path.`,
    );
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
};
