import { Health } from './health';
import { waitFor, type Wait, type Why } from './wait-for';

const backoff = { firstMs: 1, maxMs: 1 };
const shut: Why = {
  message: 'the shop does not open',
  reason: 'the shop is shut: set SHOP right',
  about: { street: 'Mill Lane' },
};

/** A wait of a service that has started but for this, and what its log was told. */
const waiting = (why: Wait['why'] = () => shut) => {
  const health = new Health();
  health.started();
  const lines: unknown[] = [];
  const logger = { warn: (details: object, message: string) => void lines.push({ ...details, message }) };
  return { health, lines, wait: { check: 'shop', why, backoff, logger, health } };
};

/** Fails so often, and is there then. */
const afterFailures = (times: number, before: () => Promise<void> = () => Promise.resolve()) => {
  let failures = 0;
  return async (): Promise<string> => {
    await before();
    failures += 1;
    if (failures <= times) throw new Error('not yet');
    return 'bread';
  };
};

describe('what is waited for', () => {
  it('is told at the door in the words of the log until it is there', async () => {
    const { health, lines, wait } = waiting();
    const asked: unknown[] = [];
    const look = async () => void asked.push((await health.ready()).checks['shop']);
    await expect(waitFor(afterFailures(1, look), wait)).resolves.toBe('bread');
    expect(lines).toEqual([
      {
        attempt: 1,
        pauseMs: 1,
        street: 'Mill Lane',
        reason: 'the shop is shut: set SHOP right',
        message: 'the shop does not open',
      },
    ]);
    expect(asked).toEqual([undefined, { up: false, detail: 'the shop is shut: set SHOP right' }]);
    await expect(health.ready()).resolves.toMatchObject({ up: true, checks: { shop: { up: true } } });
  });

  it('counts more than the check of the same name while it lasts', async () => {
    const { health, wait } = waiting();
    health.register('shop', () => ({ up: true, detail: 'nobody asked' }), 'ready');
    health.waits('shop', shut.reason);
    await expect(health.ready()).resolves.toMatchObject({ up: false, checks: { shop: { up: false } } });
    await waitFor(afterFailures(0), wait);
    await expect(health.ready()).resolves.toMatchObject({ checks: { shop: { detail: 'nobody asked' } } });
  });

  it('does not make a process one that should be replaced', async () => {
    const { health } = waiting();
    health.waits('shop', shut.reason);
    await expect(health.live()).resolves.toEqual({ up: true, checks: {} });
  });

  it('is given up at once where waiting helps nothing', async () => {
    const { lines, wait } = waiting(() => undefined);
    await expect(waitFor(afterFailures(9), wait)).rejects.toThrow('not yet');
    expect(lines).toEqual([]);
  });

  it('is given up when told so, with the last error', async () => {
    const { lines, wait } = waiting();
    await expect(waitFor(afterFailures(9), { ...wait, until: AbortSignal.abort() })).rejects.toThrow(
      'not yet',
    );
    expect(lines).toEqual([]);
  });
});
