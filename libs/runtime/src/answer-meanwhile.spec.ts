import { createServer } from 'node:http';
import { answerMeanwhile } from './answer-meanwhile';
import { freePort } from './free-port';
import { Health } from './health';

const host = '127.0.0.1';
const doorAt = (port: number): Parameters<typeof answerMeanwhile>[0] => ({
  config: { PORT: port, HOST: host },
  runtime: { health: new Health() },
});

describe('an app that waits for a store', () => {
  it('says at its port that it is alive and not ready, and then leaves the port', async () => {
    const port = await freePort();
    const ask = async (path: string): Promise<number> =>
      (await fetch(`http://${host}:${port}${path}`)).status;
    const answers = await answerMeanwhile(doorAt(port), () =>
      Promise.all([ask('/health/live'), ask('/health/ready'), ask('/v1/anything')]),
    );
    expect(answers).toEqual([200, 503, 503]);
    await expect(ask('/health/live')).rejects.toThrow('fetch failed');
  });

  it('says at its port what it waits for', async () => {
    const port = await freePort();
    const door = doorAt(port);
    const asked = await answerMeanwhile(door, async () => {
      door.runtime.health.waits('mongodb', 'nothing listens at the address in MONGODB_URL');
      return (await fetch(`http://${host}:${port}/health/ready`)).json();
    });
    expect(asked).toEqual({
      status: 'error',
      details: {
        app: { status: 'down', detail: 'starting' },
        mongodb: { status: 'down', detail: 'nothing listens at the address in MONGODB_URL' },
      },
    });
  });

  it('leaves the port also when what it waits for never comes', async () => {
    const port = await freePort();
    const never = answerMeanwhile(doorAt(port), () => Promise.reject(new Error('no such database')));
    await expect(never).rejects.toThrow('no such database');
    await expect(fetch(`http://${host}:${port}/health/live`)).rejects.toThrow('fetch failed');
  });

  it('waits for nothing when its port is taken', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, host, resolve));
    let waited = false;
    const wait = (): Promise<void> => {
      waited = true;
      return Promise.resolve();
    };
    await expect(answerMeanwhile(doorAt(port), wait)).rejects.toThrow('EADDRINUSE');
    expect(waited).toBe(false);
    await new Promise((resolve) => other.close(resolve));
  });
});
