import { until } from '@stopcovid/runtime';
import { keepRunning } from './keep-running';
import type { RunningService } from './service-process';

/** A service that ends when told to, as a process does that is killed. */
const mortal = () => {
  let end: (code: number | null) => void = () => undefined;
  const ended = new Promise<number | null>((resolve) => (end = resolve));
  const service: RunningService = {
    app: 'sms-sender',
    url: '',
    pid: 1,
    logFile: 'sender.log',
    ended,
    kill: () => end(null),
    stop: async () => end(0),
  };
  return service;
};

const kept = (stopping = false) => {
  const said: string[] = [];
  let gaveUp = false;
  let current = mortal();
  const stack = {
    services: new Map([[current.app, current]]),
    restart: async () => (current = mortal()),
  };
  keepRunning(stack, {
    say: (line) => void said.push(line),
    isStopping: () => stopping,
    restarted: () => undefined,
    gaveUp: () => (gaveUp = true),
  });
  return { said, kill: () => current.kill('SIGKILL'), service: () => current, gaveUp: () => gaveUp };
};

describe('a stack that runs', () => {
  it('starts a killed service again and says so', async () => {
    const { said, kill, service } = kept();
    const first = service();
    kill();
    await until(() => said.includes('sms-sender is ready again'), { what: 'it is back' });
    expect(service()).not.toBe(first);
    expect(said[0]).toContain('sms-sender was killed; starting it again (its log is sender.log)');
  });

  it('gives up a service that ends again and again', async () => {
    const { said, kill, gaveUp } = kept();
    for (const times of [1, 2]) {
      kill();
      await until(() => said.filter((line) => line.endsWith('ready again')).length === times, {
        what: 'back',
      });
    }
    kill();
    await until(gaveUp, { what: 'it is given up' });
    expect(said.at(-1)).toContain('again and again');
  });

  it('leaves services ended that were asked to end', async () => {
    const { said, service } = kept(true);
    await service().stop();
    await service().ended;
    expect(said).toEqual([]);
  });
});
