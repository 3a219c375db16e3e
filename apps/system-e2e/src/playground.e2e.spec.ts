import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '@stopcovid/runtime';
import type { Browser, Page } from 'playwright-core';
import { stopAndStartAgain, takeTheFirstDrills } from './first-course.testkit';
import { openBrowser, openPhones, PhoneOnPage } from './phone-page.testkit';

const root = join(__dirname, '..', '..', '..');

const firstLine = (child: ChildProcess, pattern: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the playground ended with code ${code}`)));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = pattern.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });

describe('the playground, as npm start runs it', () => {
  let playground: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const env = { PATH: process.env['PATH'], PORT: String(await freePort()), PAUSE_MS: '20' };
    playground = spawn(process.execPath, ['apps/playground/dist/main.js'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await firstLine(playground, /Phones\s+(http\S+)/);
    browser = await openBrowser();
    page = await openPhones(browser, url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    const ended = new Promise((resolve) => playground.once('exit', resolve));
    playground.kill('SIGTERM');
    await expect(ended).resolves.toBe(0);
  }, 30_000);

  it('takes a trainee through the first drills, without any account', async () => {
    const phone = new PhoneOnPage(page, '+12025550143');
    await takeTheFirstDrills(phone);
    await stopAndStartAgain(phone);
    await expect(phone.pictures()).resolves.toBeGreaterThan(0);
  }, 120_000);

  it('keeps the phones apart', async () => {
    const [one, other] = [new PhoneOnPage(page, '+12025550180'), new PhoneOnPage(page, '+12025550117')];
    await one.text('HYGIENE');
    await other.text('no such code');
    await one.reads(/Which language/);
    await other.reads(/code/i);
    expect((await other.bodies()).some((body) => body.includes('Which language'))).toBe(false);
  }, 60_000);

  it('shows texts as text, whatever is in them', async () => {
    const phone = new PhoneOnPage(page, '+12025550180');
    await phone.text('b');
    await phone.reads(/¿Cómo te llamas\?/);
    await phone.text('<b>{{7*7}}</b> 👩‍🍳 \u202Eabc');
    const [read] = (await phone.reads(/\{\{7\*7\}\}/)).slice(-1);
    expect(read).toContain('<b>{{7*7}}</b>');
  }, 60_000);
});
