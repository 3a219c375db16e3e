import { type RunningApp, until } from '@stopcovid/runtime';
import type { Browser, Page } from 'playwright-core';
import {
  callApi,
  clientOf,
  maria,
  ownNumber,
  startEmulator,
  startHookServer,
  type HookServer,
} from './emulator.testkit';
import { launchChromium } from './page.testkit';

describe('the page of phones, in Chromium', () => {
  let server: HookServer;
  let emulator: RunningApp;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const reply = (body: string, mediaUrl?: string) =>
    clientOf(emulator).messages.create({
      to: maria,
      from: ownNumber,
      body,
      ...(mediaUrl ? { mediaUrl: [mediaUrl] } : {}),
    });
  const phone = () => page.locator(`[data-testid=phone][data-phone="${maria}"]`);
  const write = async (text: string): Promise<void> => {
    await phone().getByTestId('message-input').fill(text);
    await phone().getByTestId('message-input').press('Enter');
  };

  beforeAll(async () => {
    server = await startHookServer();
    emulator = await startEmulator({ WEBHOOK_URL: `${server.url}/in`, HINT_CODES: 'HYGIENE' });
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text());
    });
    await page.goto(emulator.url);
    await phone().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await emulator.close();
    await server.close();
  });

  it('tells a newcomer what to text, and a chip texts it', async () => {
    expect(await phone().getByTestId('empty').textContent()).toContain('HYGIENE');
    await phone().getByTestId('chip').filter({ hasText: 'HYGIENE' }).click();
    const [hook] = await server.received('/in', 1);
    expect(hook?.form).toMatchObject({ From: maria, Body: 'HYGIENE' });
    await phone().locator('[data-testid=bubble-out][data-status=delivered]').waitFor();
    expect(await phone().getByTestId('empty').isVisible()).toBe(false);
  });

  it('shows the reply, and its options as chips that answer with their letter', async () => {
    await reply('How long?\n\na) 5 seconds\nb) 20 seconds');
    await phone().getByTestId('bubble-in').filter({ hasText: 'b) 20 seconds' }).waitFor();
    await phone().getByTestId('chip').filter({ hasText: 'b) 20 seconds' }).click();
    const hooks = await server.received('/in', 2);
    expect(hooks.at(-1)?.form['Body']).toBe('b');
  });

  it('shows markup as the text that it is', async () => {
    const body = '<img src=x onerror="document.title=1"> & <b>bold</b> សួស្តី مرحبا 🙂';
    await reply(body);
    await phone().getByTestId('bubble-in').filter({ hasText: 'onerror' }).waitFor();
    expect(await phone().getByTestId('bubble-in').last().locator('.body').textContent()).toBe(body);
    expect(await phone().locator('.body img').count()).toBe(0);
  });

  it('shows a picture', async () => {
    await reply('Like this', `${emulator.url}/icon.svg`);
    const picture = phone().getByTestId('picture');
    await picture.waitFor();
    await until(
      () =>
        picture.evaluate(
          (image) => Reflect.get(image, 'complete') === true && Reflect.get(image, 'naturalWidth') > 0,
        ),
      { what: 'the picture has loaded' },
    );
  });

  it('marks a text that the service did not take, and sends it again when asked', async () => {
    server.answerWith(503);
    await write('hello?');
    const failed = phone().locator('[data-testid=bubble-out][data-status=failed]');
    await failed.waitFor();
    expect(await failed.getByTestId('bubble-status').textContent()).toContain('Not delivered');
    await failed.getByTestId('try-again').click();
    await phone()
      .locator('[data-testid=bubble-out][data-status=delivered]')
      .filter({ hasText: 'hello?' })
      .waitFor();
  });

  it('adds a phone, and a reload shows the same wall', async () => {
    await page.getByTestId('new-phone').click();
    await page.getByTestId('phone').nth(1).waitFor();
    await page.reload();
    await page.getByTestId('phone').nth(1).waitFor();
    expect(await page.getByTestId('phone').count()).toBe(2);
    expect(await phone().getByTestId('bubble-out').count()).toBe(4);
  });

  it('lets a single phone go wrong, shows which, and cures it', async () => {
    await phone().getByTestId('phone-faults').click();
    await page.getByTestId('fault-errorCode').selectOption('21614');
    await phone().locator('[data-testid=phone-faults][data-active=true]').waitFor();
    await expect(reply('refused')).rejects.toMatchObject({ code: 21_614 });
    await page.reload();
    await phone().locator('[data-testid=phone-faults][data-active=true]').click();
    expect(await page.getByTestId('fault-errorCode').inputValue()).toBe('21614');
    await page.getByTestId('heal').click();
    await phone().locator('[data-testid=phone-faults][data-active=false]').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(reply('taken')).resolves.toMatchObject({ status: 'queued' });
  });

  it('lets the whole carrier go wrong, and cures it', async () => {
    await page.getByTestId('faults').click();
    await page.getByTestId('fault-throttle').fill('20');
    await page.locator('[data-testid=faults][data-active=true]').waitFor();
    await expect(reply('refused')).rejects.toMatchObject({ status: 429 });
    await page.getByTestId('heal').click();
    await page.locator('[data-testid=faults][data-active=false]').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(reply('taken')).resolves.toMatchObject({ status: 'queued' });
  });

  it('starts a crowd, counts what it texts, and stops it', async () => {
    await page.getByTestId('crowd').click();
    await page.getByRole('spinbutton', { name: 'Phones' }).fill('20');
    await page.getByRole('radio', { name: 'All together' }).check();
    await page.getByTestId('crowd-action').click();
    await until(async () => Number(await page.getByTestId('crowd-accepted').textContent()) > 50, {
      what: 'the crowd has texted',
    });
    expect(await page.getByTestId('crowd').textContent()).toMatch(/\d+ texts/);
    await page.getByTestId('crowd-action').filter({ hasText: 'Stop' }).click();
    await page.getByTestId('crowd-action').filter({ hasText: 'Start' }).waitFor();
    const { body } = await callApi(emulator, { method: 'GET', path: 'load' });
    expect(body).toMatchObject({ state: 'stopped', plan: { phones: 20, messagesPerSecond: 100 } });
    expect(await page.getByTestId('phone').count()).toBe(2);
    await page.getByRole('button', { name: 'Close' }).click();
  });

  it('runs nothing that its own security policy forbids', () => {
    expect(complaints).toEqual([]);
  });
});
