import { freePort, type RunningApp, until } from '@stopcovid/runtime';
import type { Browser, Locator, Page } from 'playwright-core';
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

describe('the page of phones when something goes wrong, in Chromium', () => {
  let server: HookServer;
  let port: number;
  let emulator: RunningApp;
  let browser: Browser;
  let page: Page;

  const start = (settings: Readonly<Record<string, string>> = {}) =>
    startEmulator({
      ...settings,
      PORT: String(port),
      WEBHOOK_URL: `${server.url}/in`,
      PHONES: `${maria}=Maria,+12025550180=Sokha`,
    });
  const phone = () => page.locator(`[data-testid=phone][data-phone="${maria}"]`);
  const chips = async () =>
    (await phone().getByTestId('chip').allTextContents()).filter((text) => text.includes(')'));
  const write = async (text: string): Promise<void> => {
    await phone().getByTestId('message-input').fill(text);
    await phone().getByTestId('message-input').press('Enter');
    await phone().getByTestId('bubble-out').filter({ hasText: text }).last().waitFor();
  };
  const reply = async (body: string): Promise<void> => {
    await clientOf(emulator).messages.create({ to: maria, from: ownNumber, body });
    await phone()
      .getByTestId('bubble-in')
      .filter({ hasText: body.slice(0, 9) })
      .last()
      .waitFor();
  };
  const faults = (body: object) =>
    callApi(emulator, { method: 'PUT', path: `phones/${encodeURIComponent(maria)}/faults`, body });
  const edgesOf = async (element: Locator) => {
    const box = await element.boundingBox();
    if (box === null) throw new Error('it is not on the page');
    return { top: box.y, bottom: box.y + box.height };
  };
  const isFocused = (element: Locator) =>
    element.evaluate((node) => node === Reflect.get(node, 'ownerDocument').activeElement);

  beforeAll(async () => {
    server = await startHookServer();
    port = await freePort();
    browser = await launchChromium();
  });
  beforeEach(async () => {
    emulator = await start();
    page = await browser.newPage();
    await page.goto(emulator.url);
    await phone().waitFor();
  });
  afterEach(async () => {
    await page.close();
    await emulator.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
  });

  it('offers the options of a question until one of them is picked, whatever is texted meanwhile', async () => {
    await reply('How long?\na) 5 seconds\nb) 20 seconds');
    const options = ['a) 5 seconds', 'b) 20 seconds'];
    await write('HELP');
    await reply('Call your supervisor.');
    expect(await chips()).toEqual(options);
    await faults({ loseInbound: 1 });
    await write('b');
    await phone().locator('[data-testid=bubble-out][data-status=failed]').waitFor();
    expect(await chips()).toEqual(options);
    await faults({ loseInbound: 0 });
    await phone().getByTestId('chip').filter({ hasText: 'b) 20' }).click();
    await until(async () => (await chips()).length === 0, { what: 'the question is answered' });
    expect(await isFocused(phone().getByTestId('chips'))).toBe(true);
  });

  it('offers the options again when what comes back asks nothing, until another question or a word to text comes', async () => {
    const offers = (...options: readonly string[]) =>
      until(async () => (await chips()).join() === options.join(), {
        what: `the chips are ${options.join()}`,
      });
    const first = ['a) 5 seconds', 'b) 20 seconds'];
    await reply(`How long?\n${first.join('\n')}`);
    await write('a');
    await offers();
    await reply('Not quite. Please try again!');
    await offers(...first);
    await write('b');
    await reply('Is that clear?');
    await offers();
    await reply('Which hand?\na) the left\nb) both');
    await offers('a) the left', 'b) both');
    await write('both');
    await reply('Correct! Text MORE for the next one.');
    await offers();
  });

  it('shows a text that a fault swallowed, on either way, and that it came through later', async () => {
    await faults({ errorCode: 21_614 });
    await expect(
      clientOf(emulator).messages.create({ to: maria, from: ownNumber, body: 'Hi' }),
    ).rejects.toThrow();
    const refused = phone().locator('[data-testid=bubble-in][data-status=failed]');
    await refused.filter({ hasText: '21614' }).waitFor();
    await faults({ errorCode: 0, loseInbound: 1 });
    await reply('Hi');
    await until(async () => (await refused.count()) === 0, { what: 'the text has come' });
    await write('hello');
    await phone().getByTestId('bubble-out').filter({ hasText: 'a fault swallowed it' }).waitFor();
  });

  it('says who speaks in each bubble', async () => {
    await reply('Welcome!');
    await write('Thanks');
    expect(await phone().getByTestId('bubble-in').textContent()).toMatch(/^\s*The service: /);
    expect(await phone().getByTestId('bubble-out').textContent()).toMatch(/^\s*Maria: /);
  });

  it('says that the connection is lost, keeps what is texted then, and says that a new server knows nothing', async () => {
    await write('before');
    await emulator.close();
    await page.getByTestId('lost').waitFor();
    await write('meanwhile');
    await phone().getByTestId('bubble-out').filter({ hasText: 'the emulator is away' }).waitFor();
    emulator = await start();
    await page.getByTestId('notice').filter({ hasText: 'started again' }).waitFor();
    expect(await page.getByTestId('lost').isVisible()).toBe(false);
    expect(await phone().getByTestId('bubble-out').locator('.body').allTextContents()).toEqual(['meanwhile']);
    await phone().getByTestId('try-again').click();
    await phone().locator('[data-testid=bubble-out][data-status=delivered]').waitFor();
    expect(await phone().getByTestId('bubble-out').count()).toBe(1);
  });

  it('says that the progress API does not answer, and judges questions by the texts meanwhile', async () => {
    await emulator.close();
    emulator = await start({ PROGRESS_URL: `http://127.0.0.1:${await freePort()}`, LOG_LEVEL: 'fatal' });
    await page.getByTestId('notice').filter({ hasText: 'The progress API does not answer' }).waitFor();
    await reply('How long?\na) 5 seconds\nb) 20 seconds');
    expect(await chips()).toEqual(['a) 5 seconds', 'b) 20 seconds']);
  });

  it('says why a phone cannot be added', async () => {
    while ((await callApi(emulator, { method: 'POST', path: 'phones', body: {} })).status === 201);
    await page.getByTestId('new-phone').click();
    await page.getByTestId('notice').filter({ hasText: 'the wall is full' }).waitFor();
  });

  it('empties a phone of its texts and faults, and removes one, with the focus on its neighbour', async () => {
    await write('hello');
    await faults({ loseInbound: 1 });
    await phone().locator('[data-testid=phone-faults][data-active=true]').click();
    await page.getByTestId('empty-phone').click();
    await phone().getByTestId('empty').waitFor();
    await phone().locator('[data-testid=phone-faults][data-active=false]').click();
    await page.getByTestId('remove-phone').click();
    await until(async () => (await page.getByTestId('phone').count()) === 1, { what: 'it is gone' });
    expect(await isFocused(page.getByTestId('phone-faults'))).toBe(true);
    await reply('Are you there?');
    expect(await phone().getByTestId('bubble-in').count()).toBe(1);
  });

  it.each([
    ['upright', { width: 390, height: 844 }],
    ['on its side', { width: 844, height: 390 }],
    ['on its side with the keyboard out', { width: 844, height: 210 }],
  ])('keeps the composer on the screen of a phone %s', async (_how, size) => {
    await reply('How long?\na) 5 seconds\nb) 20 seconds');
    await page.setViewportSize(size);
    const composer = await edgesOf(phone().getByTestId('message-input'));
    expect(composer.bottom).toBeLessThanOrEqual(size.height);
    await until(async () => (await edgesOf(phone().getByTestId('bubble-in').last())).bottom <= composer.top, {
      what: 'the latest text is above it',
    });
  });
});
