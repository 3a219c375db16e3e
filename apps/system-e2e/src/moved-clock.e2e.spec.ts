import { PlaygroundConfig, startPlayground, type Playground } from '@stopcovid/playground';
import { freePort, until } from '@stopcovid/runtime';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPhones, PhoneOnPage } from './phone-page.testkit';

const tuesday = 2;

/** The next Tuesday at five in the afternoon by UTC, which is midday in New York: neither it nor the days after it are a weekend. */
const nextTuesday = (): Date => {
  const noon = new Date();
  noon.setUTCHours(17, 0, 0, 0);
  while (noon.getUTCDay() !== tuesday || noon.getTime() <= Date.now()) noon.setUTCDate(noon.getUTCDate() + 1);
  return noon;
};

describe('a day in the playground, whose clock is moved on', () => {
  let playground: Playground;
  let browser: Browser;
  let page: Page;
  let maria: PhoneOnPage;

  const putClock = (to: Date): Promise<Response> =>
    fetch(`${playground.phonesUrl}/emulator/api/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: to.toISOString() }),
    });

  beforeAll(async () => {
    const config = { PORT: await freePort(), LOG_LEVEL: 'fatal', PAUSE_MS: 20 } as const;
    playground = await startPlayground(Object.assign(new PlaygroundConfig(), config));
    expect((await putClock(nextTuesday())).status).toBe(200);
    browser = await openBrowser();
    page = await openPhones(browser, playground.phonesUrl);
    maria = new PhoneOnPage(page, '+12025550143');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await playground?.close();
  }, 30_000);

  const says = (testId: string, what: RegExp): Promise<true> =>
    until(async () => what.test((await page.getByTestId(testId).first().textContent()) ?? ''), {
      what: `${testId} says ${String(what)}`,
      limitMs: 10_000,
    });

  const press = async (testId: string): Promise<void> => {
    await page.getByTestId(testId).click();
    await page.locator('#clock[aria-busy="false"]').waitFor();
  };

  it('brings the next drill in its hours, by the phone’s own clock, and a missed question again before it', async () => {
    await maria.text('HYGIENE');
    await maria.reads(/Which language do you prefer\?/);
    for (const answer of ['a', 'Maria', 'b', 'b']) await maria.text(answer);
    await maria.reads(/Is hand sanitizer enough\?/);
    for (const answer of ['b', 'b', 'b', '12']) await maria.text(answer);
    await maria.reads(/Remember: before food/);

    await says('clock-next-is', /Next: a drill for Maria, Wed 10:\d\d/);
    await says('phone-time', /Tue 1[23]:\d\d/);
    await page.getByTestId('phone-zone').first().selectOption('America/Los_Angeles');
    await says('phone-time', /Tue (09|10):\d\d/);
    await says('clock-next-is', /Next: a drill for Maria, Wed 10:\d\d/);
    await press('clock-next');
    await says('clock-time', /Wed.* 10:\d\d/);
    await maria.reads(/Is hand sanitizer enough\?/);
    await maria.text('a');
    await maria.reads(/Today is about feeling sick/);
  }, 60_000);

  it('brings a reminder of what is left open after hours, but nothing at night', async () => {
    await says('clock-next-is', /Next: a reminder for Maria, Wed 14:\d\d/);
    await press('clock-4h');
    await maria.reads(/Here is the question again/);
    await press('clock-4h');
    await says('clock-time', /Wed.* 18:\d\d/);
    await maria.text('b');
    await says('clock-next-is', /Next: a reminder for Maria, Thu 09:00/);

    await until(async () => (await maria.statuses()).every((status) => status === 'delivered'));
    const before = (await maria.bodies()).length;
    for (const button of ['clock-4h', 'clock-4h']) await press(button);
    await says('clock-time', /Thu.* 02:\d\d/);
    await expect(maria.bodies()).resolves.toHaveLength(before);
    await press('clock-morning');
    await says('clock-time', /Fri.* 09:00/);
    await expect(maria.bodies().then((all) => all.slice(before, before + 1))).resolves.toEqual([
      expect.stringMatching(/Here is the question again/),
    ]);
  }, 60_000);

  it('moves forward only, and a week at a time at most', async () => {
    expect((await putClock(new Date())).status).toBe(409);
    expect((await putClock(new Date(Date.now() + 60 * 24 * 60 * 60 * 1_000))).status).toBe(400);
  });
});
