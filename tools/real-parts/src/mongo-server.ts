import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JvmRequest } from './jvm';

const run = promisify(execFile);
export const nativeFiles = join(__dirname, '..', 'native');

/** What the MongoDB-protocol server is made of: its Java sources. */
export const serverSources = (): readonly string[] =>
  readdirSync(nativeFiles)
    .filter((name) => name.endsWith('.java'))
    .sort()
    .map((name) => join(nativeFiles, name));

/** Compiles the server beside its jars, once for each state of its sources; resolves with the folder of its classes. */
const compiledServer = async (jars: string): Promise<string> => {
  const sources = serverSources();
  const hash = createHash('sha256');
  for (const file of sources) hash.update(readFileSync(file));
  const classes = join(jars, `server-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(classes)) return classes;
  const partial = await mkdtemp(join(jars, 'compiling-'));
  await run('javac', ['-cp', join(jars, '*'), '-d', partial, ...sources]);
  /* Another run may have been quicker; its classes are the same. */
  await rename(partial, classes).catch(() => rm(partial, { recursive: true, force: true }));
  return classes;
};

export type MongoServerRequest = {
  readonly jars: string;
  readonly port: number;
  readonly heapMb: number;
  readonly logFile: string;
  /** Keeps the data in this file, where no index is used but those of unique keys; in memory without it. */
  readonly dataFile?: string;
  /** `off` reads whole collections as if no index had been declared. */
  readonly indexes?: 'on' | 'off';
};

/** How the MongoDB-protocol server is started. */
export const mongoServer = async (request: MongoServerRequest): Promise<JvmRequest> => {
  const { jars, port, heapMb, logFile, dataFile, indexes = 'on' } = request;
  const classPath = [await compiledServer(jars), join(jars, '*')].join(':');
  return {
    name: 'The MongoDB-protocol server',
    args: [
      ...[`-Xmx${heapMb}m`, `-Dindexes=${indexes}`, '-cp', classPath, 'MongoProtocolServer', String(port)],
      ...(dataFile === undefined ? [] : [dataFile]),
    ],
    logFile,
    ready: /^ready on/,
    timeoutMs: 60_000,
  };
};
