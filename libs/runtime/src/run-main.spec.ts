import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const settings = {
  module: { type: 'commonjs' as const },
  jsc: {
    target: 'es2023' as const,
    parser: { syntax: 'typescript' as const, decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

/** Runs a main as a process of its own, on the sources as they are. */
const runAsProcess = (main: string): { child: ReturnType<typeof spawn>; output: () => string } => {
  const loader = `
    require.extensions['.ts'] = (module, path) =>
      module._compile(require(${JSON.stringify(require.resolve('@swc/core'))}).transformFileSync(path, ${JSON.stringify(settings)}).code, path);
    const { runMain } = require(${JSON.stringify(join(__dirname, 'run-main.ts'))});
    ${main}`;
  const child = spawn(process.execPath, ['-e', loader], {
    env: { ...process.env, SHUTDOWN_GRACE_MS: '200' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  return { child, output: () => chunks.join('') };
};

const codeOf = async (child: ReturnType<typeof spawn>): Promise<unknown> => {
  const [code]: unknown[] = await once(child, 'exit');
  return code;
};

/** A main that tells when it runs, and stops as it is told to. */
const main = (close: string): string =>
  `void runMain('probe', async () => { setInterval(() => undefined, 1000); setTimeout(() => console.log('RUNS'), 1); return { close: ${close} }; });`;

/** A main that waits for what never comes, and tells so. */
const waiting = `void runMain('probe', () => new Promise(() => setInterval(() => console.log('RUNS'), 1)));`;

/** What becomes of a process that is told to stop once it runs. */
const stopped = async (code: string): Promise<{ code: unknown; output: string }> => {
  const { child, output } = runAsProcess(code);
  const ended = codeOf(child);
  while (!output().includes('RUNS')) await once(child.stdout ?? child, 'data');
  child.kill('SIGTERM');
  return { code: await ended, output: output() };
};

describe('an app as a process', () => {
  it('ends with 0 after an orderly stop', async () => {
    expect(await stopped(main("async () => console.log('closed in order')"))).toEqual({
      code: 0,
      output: expect.stringContaining('closed in order') as string,
    });
  });

  it('ends with 1 when stopping takes longer than SHUTDOWN_GRACE_MS', async () => {
    const { code, output } = await stopped(main('() => new Promise(() => undefined)'));
    expect(code).toBe(1);
    expect(output).toContain('did not stop in time');
  });

  it('ends with 0 at once while it still waits for what it needs', async () => {
    const { code, output } = await stopped(waiting);
    expect({ code, inTime: !output.includes('did not stop in time') }).toEqual({ code: 0, inTime: true });
  });

  it.each([
    ['a rejection escapes', "Promise.reject(new Error('escaped'))", 'escaped'],
    ['it cannot start', "runMain('probe', () => Promise.reject(new Error('no port')))", 'no port'],
  ])('ends with 1 when %s, and says why', async (_, breaking, why) => {
    const { child, output } = runAsProcess(`${main('async () => undefined')} ${breaking};`);
    expect(await codeOf(child)).toBe(1);
    expect(output()).toContain(why);
  });
});
