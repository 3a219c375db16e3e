import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, npm, root, run, runNode } from './programs.mjs';
import { say, secondsSince } from './say.mjs';

const oldestNode = [20, 19];

const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  process.stderr.write(
    `Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
};

const stamp = join(root, 'node_modules', '.installed-lock');
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();

/** Installs what package-lock.json names, unless that is what is installed. An install that was cut off is done again. */
export const install = async () => {
  requireNode();
  if (installed()) return;
  const start = Date.now();
  say('installing packages (npm ci)');
  const code = await run(npm, ['ci', '--no-progress', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    process.stderr.write('npm ci failed: see its message above. Is a package registry reachable?\n');
    process.exit(code);
  }
  writeFileSync(stamp, lockHash());
  say(`packages installed in ${secondsSince(start)}`);
};

/** Compiles the given projects and all that they use, and the pages; what did not change is not compiled again. */
export const build = async (...projects) => {
  const start = Date.now();
  const code = await runNode([join('tools', 'run', 'build.mjs'), ...projects]);
  if (code !== 0) process.exit(code);
  say(`built in ${secondsSince(start)}`);
};

const wanted = [
  { what: 'Chromium', present: () => chromium() !== undefined, packages: ['chromium'] },
  {
    what: 'Java 17 and Maven',
    present: () =>
      Boolean(process.env.KAFKA_BROKERS) ||
      answers('docker', ['info']) ||
      (answers('java', ['-version']) && answers('mvn')),
    packages: ['openjdk-17-jdk-headless', 'maven'],
  },
];

/** The Chromium to test with: CHROMIUM_PATH, or where Debian, Fedora and others put it. */
export const chromium = () =>
  [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => path && existsSync(path));

/** Gets the programs that the tests need and this machine lacks; where it may not, says which command would. */
export const installPrograms = async (needs = wanted.map((want) => want.what)) => {
  const missing = wanted.filter((want) => needs.includes(want.what) && !want.present());
  if (missing.length === 0) return;
  const names = missing.map((want) => want.what).join(' and ');
  const packages = missing.flatMap((want) => want.packages);
  const debian = existsSync('/etc/debian_version') && answers('apt-get');
  if (!debian || process.getuid?.() !== 0) {
    const command = debian
      ? `sudo apt-get install -y ${packages.join(' ')}`
      : `your package manager's install of: ${packages.join(' ')}`;
    process.stderr.write(
      `${names} is missing. Run: ${command}\n(Docker serves as well as Java and Maven; CHROMIUM_PATH names a browser elsewhere.)\n`,
    );
    process.exit(1);
  }
  say(`${names} missing: installing ${packages.join(', ')} with apt-get`);
  const environment = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] };
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ];
  for (const step of steps) {
    const code = await run('apt-get', step, environment);
    if (code !== 0) {
      process.stderr.write(`apt-get ${step[0]} failed\n`);
      process.exit(code);
    }
  }
};
