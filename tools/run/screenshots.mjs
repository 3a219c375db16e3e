import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { build, chromium as chromiumPath, install } from './prepare.mjs';
import { root } from './programs.mjs';
import { say } from './say.mjs';

const usage = `npm run screenshots [-- --all FOLDER]

Takes the pictures of docs/images in Chromium (that of CHROMIUM_PATH, else of this machine), from the made-up company of a playground
that it starts itself. With --all, puts every view into a folder instead, to look at: at three widths, light and dark, and
the overview as it is printed.
`;

const views = {
  overview: '#/overview',
  drills: '#/drill',
  drill: '#/drill?drill=01-clean-hands',
  branches: '#/drill?drill=03-clean-surfaces',
  overdue: '#/overdue',
  rulings: '#/rulings',
  cost: '#/cost',
  trainee: '#/trainee?phone=%2B15552000000',
};

/** The pictures of the README: as much of a page as one sees at once. */
const documented = [
  { name: 'overview', view: 'overview', width: 1400, height: 1000 },
  { name: 'drill', view: 'branches', width: 1400, height: 1000 },
  { name: 'phone-overview', view: 'overview', width: 390, height: 844 },
];
const mostBytes = 150_000;
const patienceMs = 60_000;

/** Asks again until a condition holds; what it asks may fail meanwhile. */
const until = async (what, holds) => {
  const end = Date.now() + patienceMs;
  for (;;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`${what} within ${patienceMs / 1_000} s`);
    await after(200);
  }
};

/** A playground on a port of its own, and the addresses that it prints. */
const startPlayground = async () => {
  const { freePort } = createRequire(import.meta.url)(join(root, 'libs/runtime/dist/index.js'));
  const env = { ...process.env, PORT: String(await freePort()) };
  const options = { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] };
  const child = spawn(process.execPath, [join(root, 'apps/playground/dist/main.js')], options);
  const urls = {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, name, url] = /^\s+(Phones|Dashboard)\s+(http\S+)/.exec(line) ?? [];
    if (name !== undefined) urls[name] = url;
  });
  const stop = () => child.kill('SIGINT');
  try {
    await until('the playground did not answer', async () => (await fetch(urls.Phones)).ok && urls.Dashboard);
  } catch (error) {
    stop();
    throw error;
  }
  return { phones: urls.Phones, dashboard: urls.Dashboard, stop };
};

const fill = async ({ phones }) => {
  const company = async (method) =>
    (await fetch(new URL('/emulator/api/company', phones), { method })).json();
  await company('POST');
  await until('the company was not there', async () => (await company('GET')).is === 'here');
};

const show = async (page, view) => {
  await page.evaluate(`location.hash = ${JSON.stringify(views[view])}`);
  await page.reload();
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
};

const take = async (page) => {
  for (const { name, view, width, height } of documented) {
    await page.setViewportSize({ width, height });
    await show(page, view);
    const path = join(root, 'docs', 'images', `${name}.png`);
    await page.screenshot({ path });
    const { size } = statSync(path);
    if (size > mostBytes) throw new Error(`${path} has ${size} bytes; ${mostBytes} is the most`);
    say(`docs/images/${name}.png, ${Math.round(size / 1_000)} kB`);
  }
};

const takeAll = async (page, folder) => {
  mkdirSync(folder, { recursive: true });
  for (const view of Object.keys(views))
    for (const width of [1400, 820, 390])
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 1000 });
        await show(page, view);
        await page.screenshot({ path: join(folder, `${view}-${width}-${colorScheme}.png`), fullPage: true });
      }
  await page.setViewportSize({ width: 710, height: 1040 });
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await show(page, 'overview');
  await page.screenshot({ path: join(folder, 'overview-print.png'), fullPage: true });
  await page.pdf({ path: join(folder, 'overview.pdf'), preferCSSPageSize: true });
  say(`every view is in ${folder}`);
};

const photograph = async (playground, work) => {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ reducedMotion: 'reduce', locale: 'en-GB' });
    await page.goto(playground.dashboard);
    await work(page);
  } finally {
    await browser.close();
  }
};

const main = async (work) => {
  await install();
  await build('apps/playground');
  say('starting a playground');
  const playground = await startPlayground();
  try {
    await fill(playground);
    await photograph(playground, work);
  } finally {
    playground.stop();
  }
};

const [option, folder, ...more] = process.argv.slice(2);
const isAll = option === '--all' && folder !== undefined && more.length === 0;
if (option === undefined) await main(take);
else if (isAll) await main((page) => takeAll(page, resolve(folder)));
else {
  const isHelp = option === '--help' || option === '-h';
  process[isHelp ? 'stdout' : 'stderr'].write(usage);
  process.exitCode = isHelp ? 0 : 2;
}
