import { readFileSync } from 'node:fs';
import { decodeCommand, phoneSchema, topics, type Command } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import type { Browser, Page } from 'playwright-core';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, event, registered, started } from '../tracker.testkit';
import { axeFinds, launchChromium, watchedPage } from './dashboard.testkit';

const key = 'a-key-of-the-spec-itself';
const hostile = '<img src=x onerror="document.title=1"> & more';

type Tracker = Awaited<ReturnType<typeof runningTracker>>;
const phoneAt = (index: number) => phoneSchema.parse(`+1202555018${index}`);

/** Four people began a drill: three said the same, two something that a page must not run, and one what nobody else said. */
const seed = (tracker: Tracker): Promise<void> =>
  tracker.tell(
    ...[['half a minute'], ['Half a minute', hostile], ['half a minute', hostile], ['alone']].flatMap(
      (replies, index) => {
        const who = { phone: phoneAt(index), trainee: registered };
        const run = { runId: `run-${index}` };
        const told = replies.map((response) => event('PromptFailed', { ...run, response }));
        return [batchOf(1, [{ ...started('one'), ...run } as never], who), batchOf(2, told, who)];
      },
    ),
  );

const rulingsIn = (tracker: Tracker): readonly Command<'RegradeReply'>[] =>
  tracker.log.records(topics.dialogCommands).flatMap(({ value }) => {
    const command = decodeCommand(value ?? '');
    return command.ok && command.value.type === 'RegradeReply' ? [command.value] : [];
  });

/** What the engine makes of the commands of a ruling: each phone's next batch. */
const decide = (tracker: Tracker, number: number): Promise<void> =>
  tracker.tell(
    ...rulingsIn(tracker)
      .filter(({ ruling }) => ruling.number === number)
      .map(({ phone, commandId: _id, schemaVersion: _version, at: _at, ...ruled }) =>
        batchOf(2 + number, [event('ReplyRegraded', { ...ruled, type: 'ReplyRegraded' })], { phone }),
      ),
  );

describe('the rulings of the dashboard, in Chromium', () => {
  let tracker: Tracker;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const go = async (hash: string): Promise<void> => {
    await page.goto(`${tracker.url}/dashboard/${hash}`);
    await page.getByRole('heading', { level: 1, name: 'Replies to rule on' }).waitFor();
  };
  const line = (name: string | RegExp) => page.getByRole('row', { name });
  const sizes = [1400, 820, 390];
  /** What a machine finds wrong for people who cannot see or use a mouse, and what does not fit, in every size and scheme. */
  const violations = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const width of sizes)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        const finds = await axeFinds(page, colorScheme);
        found.push(...finds.map((find) => `${width} ${find}`));
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        if (wide !== width) found.push(`${width}: it takes ${String(wide)}`);
      }
    await page.setViewportSize({ width: 1400, height: 900 });
    return found;
  };

  beforeAll(async () => {
    [tracker, browser] = await Promise.all([runningTracker(), launchChromium()]);
    await seed(tracker);
    page = await watchedPage(browser, complaints);
    await page.goto(`${tracker.url}/dashboard/#key=${key}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await tracker?.close();
  });

  it('are reached from the question of a drill, and lead back to it', async () => {
    await page.goto(`${tracker.url}/dashboard/#/drill?drill=one`);
    await page.getByRole('link', { name: 'Replies to rule on: First' }).click();
    await line(/^half a minute 3 people Wrong/i).waitFor();
    expect(page.url()).toContain('#/rulings?drill=one&prompt=first');
    await page.getByRole('link', { name: 'One · English' }).click();
    await page.getByRole('heading', { level: 1, name: 'One' }).waitFor();
  });

  it('show what several people said alike as the text that it is, and nothing of one alone', async () => {
    await go('#/rulings?drill=one');
    await line(/onerror/).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.getByText('alone').count()).toBe(0);
    expect(await violations()).toEqual([]);
  });

  it('are a table at one key, and a file', async () => {
    await page.keyboard.press('t');
    await page.getByRole('columnheader', { name: 'Replies', exact: true }).waitFor();
    await page.keyboard.press('t');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).first().click(),
    ]);
    expect(download.suggestedFilename()).toBe('replies-to-rule-on.csv');
    expect(readFileSync(await download.path(), 'utf8')).toMatch(/English,half a minute,3,3,Wrong,/);
  });

  it('are given once that is confirmed, with the keyboard alone, and say how far they are', async () => {
    await page.getByRole('button', { name: 'Counts as right: half a minute' }).press('Enter');
    await page.getByText('It counts as right in 3 runs of 3 people.', { exact: false }).waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(rulingsIn(tracker)).toEqual([]);
    await page.getByRole('button', { name: 'Counts as right: half a minute' }).press('Enter');
    await page.getByText('It counts as right in 3 runs', { exact: false }).waitFor();
    await page.getByLabel('Why').fill('it is longer than enough');
    await page.getByLabel('Why').press('Enter');
    await page.getByText('“half a minute”: 0 of 3 replies regraded …').waitFor();
    await until(async () => rulingsIn(tracker).length === 3);
    await decide(tracker, 1);
    await page.getByText('“half a minute” counts as right now. 3 replies were regraded.').waitFor();
    await line(/half a minute/).waitFor({ state: 'detached' });
    expect(await violations()).toEqual([]);
  });

  it('stand on record with who gave them, and are taken back', async () => {
    await page.getByRole('link', { name: 'Ruled on' }).click();
    await page.getByText(/Counts as right: spec, .* – it is longer than enough/).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Take back: half a minute' }).click();
    await page.getByText('it counts again as it was judged: wrong (3).', { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await until(async () => rulingsIn(tracker).length === 6);
    await decide(tracker, 2);
    await page.getByText('“half a minute” counts again as it was judged now.', { exact: false }).waitFor();
    await page.getByText('Nobody has ruled on a reply here yet.').waitFor();
  });

  it('are shown without buttons to a key that may only look', async () => {
    const given = await tracker.ask('/v1/keys', { body: { name: 'looker', role: 'analyst' } });
    const looking = String(given.body['key']);
    const headers = { authorization: `Bearer ${looking}` };
    await until(async () => (await fetch(`${tracker.url}/v1/drills`, { headers })).ok);
    await page.goto('about:blank');
    await page.goto(`${tracker.url}/dashboard/#key=${looking}`);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await go('#/rulings?drill=one');
    await line(/half a minute/).waitFor();
    await page.getByText('This key may look, not rule').waitFor();
    expect(await page.getByRole('button', { name: /Counts as right/ }).count()).toBe(0);
  });

  it('say which days they are of where there are none, and run nothing that their policy forbids', async () => {
    await go('#/rulings?from=2020-01-01&until=2026-01-01');
    await page.getByText('from 1 Dec 2025 to 31 Dec 2025', { exact: false }).waitFor();
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
