import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../dashboard/dashboard.testkit';
import { runningTracker } from '../operations/operations.testkit';
import { recordsOn, takesCourse } from './records.testkit';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describe('the page of a record, in Chromium', () => {
  const on = recordsOn();
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    [tracker, browser] = await Promise.all([runningTracker({ settings: on.settings }), launchChromium()]);
    await tracker.tell(...takesCourse(true));
    const [record] = (await tracker.ask('/v1/records')).body['items'] as readonly { readonly id: string }[];
    address = `${tracker.url}/records/${record?.id}`;
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    await tracker.close();
    on.remove();
  });

  it.each(['light', 'dark'] as const)(
    'is styled, fits a phone and can be read by everybody: %s',
    async (colorScheme) => {
      /* A script may be brought in to look, though the page lets none run. */
      const page = await browser.newPage({
        viewport: { width: 320, height: 640 },
        colorScheme,
        bypassCSP: true,
      });
      await page.goto(address);
      await page.evaluate(axe);
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id }) => id))',
      );
      expect(violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      await page.close();
    },
  );

  it('lets its own style in by its policy', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => void complaints.push(message.text()));
    await page.goto(address);
    expect(await page.evaluate('getComputedStyle(document.querySelector("main")).maxWidth')).toBe('544px');
    const code = 'svg[role=img][aria-label^="QR code"]';
    expect(await page.evaluate(`document.querySelector('${code}').getBoundingClientRect().width`)).toBe(144);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
