import { existsSync } from 'node:fs';
import { until } from '@stopcovid/runtime';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executable = (): string => {
  const path = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find(
    (candidate) => candidate && existsSync(candidate),
  );
  if (!path) throw new Error('Chromium is needed: install it, or set CHROMIUM_PATH to where it is');
  return path;
};

/** A real Chromium without a window. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executable(), args: quiet });

/** One phone on the page, handled as a person handles it. */
export class PhoneOnPage {
  readonly #phone: Locator;
  #seen = 0;

  constructor(
    readonly page: Page,
    readonly number: string,
  ) {
    this.#phone = page.locator(`[data-phone="${number}"]`);
  }

  /** Types a text and sends it with Enter. */
  async text(text: string): Promise<void> {
    const input = this.#phone.getByTestId('message-input');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Waits for a text from the service, after those read so far, that fits; answers all that came up to it. */
  async reads(pattern: RegExp): Promise<readonly string[]> {
    const until = Date.now() + 20_000;
    for (;;) {
      const bodies = await this.bodies();
      const found = bodies.findIndex((body, index) => index >= this.#seen && pattern.test(body));
      if (found >= 0) {
        const read = bodies.slice(this.#seen, found + 1);
        this.#seen = found + 1;
        return read;
      }
      if (Date.now() > until) {
        throw new Error(
          `${this.number} did not read ${String(pattern)}; it read:\n${bodies.slice(this.#seen).join('\n---\n')}`,
        );
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** All texts from the service that this phone shows, oldest first. */
  bodies(): Promise<string[]> {
    return this.#phone.getByTestId('bubble-in').locator('.body').allTextContents();
  }

  /** Waits until exactly these options are offered to be tapped. */
  async offers(...options: readonly string[]): Promise<void> {
    const offered = async (): Promise<string> => {
      const chips = await this.#phone.getByTestId('chip').allTextContents();
      return chips.filter((chip) => chip.includes(') ')).join(', ');
    };
    const wanted = options.join(', ');
    await until(async () => (await offered()) === wanted, {
      what: `${this.number} is offered "${wanted}"`,
      limitMs: 20_000,
    });
  }

  /** Waits until it shows, or shows no more, that this person opted out. */
  async showsOptedOut(optedOut: boolean): Promise<void> {
    const state = optedOut ? 'visible' : 'hidden';
    await this.#phone.getByTestId('opted-out').waitFor({ state, timeout: 20_000 });
  }

  /** How many pictures are on the phone's screen, loaded. */
  async pictures(): Promise<number> {
    const loaded = await this.#phone
      .getByTestId('picture')
      .evaluateAll(
        (images) =>
          images.filter((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0).length,
      );
    return loaded;
  }

  /** The status that each text of this phone shows. */
  statuses(): Promise<(string | null)[]> {
    return this.#phone
      .getByTestId('bubble-out')
      .evaluateAll((bubbles) => bubbles.map((bubble) => bubble.getAttribute('data-status')));
  }
}

/** Opens the wall of phones and waits until it is connected. */
export const openPhones = async (browser: Browser, url: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(url);
  await page.locator('[data-testid="connection"][data-state="connected"]').waitFor({ timeout: 15_000 });
  return page;
};
