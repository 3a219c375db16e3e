import { readFileSync } from 'node:fs';
import { phoneSchema } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import type { Browser, Page } from 'playwright-core';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';
import { axeFinds, launchChromium, watchedPage } from './dashboard.testkit';

const key = 'a-key-of-the-spec-itself';

type Tracker = Awaited<ReturnType<typeof runningTracker>>;

const person = (index: number, unitId: string) => ({
  phone: phoneSchema.parse(`+1202555017${index}`),
  trainee: { ...registered, account: { employerId: 'acme', unitId } },
});

/** Seven people began a drill; those with an even number answered rightly and completed it. */
const seed = (tracker: Tracker): Promise<void> =>
  tracker.tell(
    ...[1, 2, 3, 4, 5, 6, 7].flatMap((index) => {
      const who = person(index, index < 5 ? 'bar' : 'kitchen');
      const run = { runId: `run-${index}` };
      const begun = batchOf(1, [{ ...started('one'), ...run } as never], who);
      const answer =
        index % 2 === 0
          ? [event('PromptCompleted', { ...run, option: 'b' }), completed('one', run)]
          : [event('PromptFailed', { ...run, option: 'a' })];
      return [begun, batchOf(2, answer, who)];
    }),
  );

describe('the dashboard, in Chromium', () => {
  let tracker: Tracker;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  /** A replica hears of a new key within seconds. */
  const known = async (added: string): Promise<void> => {
    const headers = { authorization: `Bearer ${added}` };
    await until(async () => (await fetch(`${tracker.url}/v1/drills`, { headers })).ok, {
      what: 'the new key was known',
    });
  };
  const go = async (hash: string, name: string): Promise<void> => {
    await page.goto(`${tracker.url}/dashboard/${hash}`);
    await heading(name).waitFor();
  };
  /** What a machine finds wrong for people who cannot see or use a mouse, in light and in dark. */
  const violations = async (): Promise<readonly string[]> => [
    ...(await axeFinds(page, 'light')),
    ...(await axeFinds(page, 'dark')),
  ];

  beforeAll(async () => {
    [tracker, browser] = await Promise.all([runningTracker(), launchChromium()]);
    await seed(tracker);
    page = await watchedPage(browser, complaints);
    await page.goto(`${tracker.url}/dashboard/`);
  });
  afterAll(async () => {
    await browser?.close();
    await tracker?.close();
  });

  it('asks for a key, says of a wrong one that it is, and lets a right one in', async () => {
    const field = page.getByLabel('API key');
    await field.fill('a-key-that-nobody-gave');
    await field.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'not known here' }).waitFor();
    expect(await violations()).toEqual([]);
    await field.fill(key);
    await field.press('Enter');
    await heading('Overview').waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('401')]);
  });

  it('shows how far everybody came, each figure with what it is of', async () => {
    expect(await page.locator('.lead').textContent()).toBe('3 of 7 drills completed: 43%.');
    const tiles = await page.locator('.tile').allInnerTexts();
    expect(tiles.map((tile) => tile.split('\n').filter(Boolean))).toEqual(
      expect.arrayContaining([['Completed', '43%', '3 of 7 assigned']]),
    );
    const units = page.getByRole('region', { name: 'By employer and unit' });
    await units.getByRole('row', { name: /bar acme 4 2 of 4/ }).waitFor();
    expect(await violations()).toEqual([]);
  });

  it('shows a chart as a table at one key, and as a chart again', async () => {
    const chart = page.getByRole('region', { name: 'Completion over time' });
    const drawing = chart.getByRole('img', { name: /3 of 7 drills completed/ });
    await drawing.waitFor();
    await page.keyboard.press('t');
    await chart.getByRole('row', { name: '2026-02-23 7 7 3 43%' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('t');
    await drawing.waitFor();
  });

  it('hears each of two presses that come before the page is drawn again', async () => {
    const chart = page.getByRole('region', { name: 'Completion over time' });
    await chart.getByRole('img').waitFor();
    const press = "document.dispatchEvent(new KeyboardEvent('keydown', { key: 't' }))";
    const drawn = 'new Promise((then) => requestAnimationFrame(() => setTimeout(then)))';
    await page.evaluate(`${press}; ${press}; ${drawn}`);
    expect(await chart.getByRole('table').count()).toBe(0);
    await chart.getByRole('img').waitFor();
  });

  it('narrows to a unit, and the back button widens again', async () => {
    await page.getByRole('link', { name: 'kitchen' }).click();
    await page.getByText('1 of 3 drills completed.', { exact: false }).first().waitFor();
    expect(page.url()).toContain('#/overview?employer=acme&unit=kitchen');
    await page.goBack();
    await page.getByText('3 of 7 drills completed: 43%.').waitFor();
  });

  it('saves what is shown as a file', async () => {
    const chart = page.getByRole('region', { name: 'Completion over time' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('button', { name: 'CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('completion-by-week.csv');
    expect(readFileSync(await download.path(), 'utf8')).toContain('2026-02-23,7,7,3,43%');
  });

  it('shows where people stop in a drill, and how its questions were answered', async () => {
    await page.getByRole('link', { name: 'One', exact: true }).click();
    await heading('One').waitFor();
    await page.getByRole('img', { name: /^7 runs: 7 came to the first question/ }).waitFor();
    const first = page.getByRole('region', { name: '1. First' });
    await first.getByRole('img', { name: /3 of 7 right at the first attempt/ }).waitFor();
    await first.getByText('Fewer than 10 answers: counts only.').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('lists who is overdue, and tells what happened to one of them', async () => {
    await page.getByRole('link', { name: 'Overdue' }).click();
    await heading('Overdue').waitFor();
    await page.getByText('4 drills still open after their day.').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('link', { name: '+12025550171' }).click();
    await heading('Maria').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Began One' }).first().waitFor();
    await page.getByText('Wrong: First').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('reminds who is overdue once that is confirmed, and says of what cannot be done why not', async () => {
    await tracker.openAllDay('acme');
    await go('#/overdue', 'Overdue');
    await page.getByRole('button', { name: 'Remind: +12025550171' }).click();
    await page.getByRole('dialog', { name: /Text the question “First” to \+12025550171 again/ }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(tracker.commands()).toEqual([]);
    await page.getByRole('button', { name: 'Remind: +12025550171' }).click();
    await page.getByRole('button', { name: 'Remind', exact: true }).click();
    await page.getByText('+12025550171: A reminder is on its way.').waitFor();
    await page.getByRole('button', { name: 'Start again: +12025550173' }).click();
    await page.getByRole('button', { name: 'Start again', exact: true }).click();
    await page.getByText('+12025550173: Not started again: this drill is not given any more.').waitFor();
    expect(await violations()).toEqual([]);
    expect(tracker.commands()).toMatchObject([{ phone: '+12025550171', type: 'RemindTrainee' }]);
    expect(complaints.splice(0)).toEqual([expect.stringContaining('409')]);
  });

  it('lets a key that may only look do nothing, and says so', async () => {
    const given = await tracker.ask('/v1/keys', { body: { name: 'looker', role: 'analyst' } });
    const looking = String(given.body['key']);
    await known(looking);
    await page.goto('about:blank');
    await go(`#key=${looking}`, 'Overview');
    await page.getByRole('link', { name: 'Overdue' }).click();
    await page.getByText('This key may look, not act').waitFor();
    expect(await page.getByRole('button', { name: /Remind/ }).count()).toBe(0);
    expect(complaints.splice(0)).toEqual([expect.stringContaining('403')]);
    await page.goto('about:blank');
    await go(`#key=${key}`, 'Overview');
  });

  it('is wide enough for its words on a phone, and prints an overview on one page', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    for (const [hash, name] of [
      ['#/overview', 'Overview'],
      ['#/drill?drill=one', 'One'],
      ['#/overdue', 'Overdue'],
    ] as const) {
      await go(hash, name);
      expect([hash, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([hash, 390]);
    }
    await go('#/overview', 'Overview');
    await page.getByRole('row', { name: /kitchen/ }).waitFor();
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.setViewportSize({ width: 1400, height: 900 });
  });

  it('says so where nothing matches', async () => {
    await go('#/overview?employer=nobody', 'Overview');
    await page.getByText('Nothing matches these filters').waitFor();
  });

  it('runs nothing that its own security policy forbids, and signs out', async () => {
    expect(complaints).toEqual([]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('takes a key from behind the # of a link, and out of the address', async () => {
    await page.goto('about:blank');
    await go(`#key=${key}`, 'Overview');
    expect(page.url()).toBe(`${tracker.url}/dashboard/#/overview`);
  });
});
