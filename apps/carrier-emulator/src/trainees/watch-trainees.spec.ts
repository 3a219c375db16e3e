import { until } from '@stopcovid/runtime';
import { firstValueFrom } from 'rxjs';
import type { TraineeNow } from './trainee-now';
import { watchTrainees, type TraineesTold } from './watch-trainees';

const start = Date.parse('2026-06-10T17:00:00Z');

/** Two phones, of which the service knows one; it may be away. */
const watched = () => {
  const service = { isAway: false, asked: 0, complaints: 0 };
  const maria: TraineeNow = { optedOut: true, askedAt: null };
  const told = watchTrainees({
    phones: () => ['maria', 'nobody'],
    ask: (phone) => {
      service.asked += 1;
      if (service.isAway) return Promise.reject(new Error('away'));
      return Promise.resolve(phone === 'maria' ? maria : undefined);
    },
    now: () => start,
    everyMs: 5,
    onAway: () => (service.complaints += 1),
  });
  return { service, told };
};

describe('watching what the service holds of the phones', () => {
  it('tells of those whom it knows, and when it was asked', async () => {
    await expect(firstValueFrom(watched().told)).resolves.toEqual({
      at: '2026-06-10T17:00:00.000Z',
      trainees: [{ phone: 'maria', optedOut: true, askedAt: null }],
    });
  });

  it('tells that nobody answers, complains once, and tells of them again afterwards', async () => {
    const { service, told } = watched();
    const all: TraineesTold[] = [];
    service.isAway = true;
    const watching = told.subscribe((one) => all.push(one));
    await until(() => all.length > 3, { what: 'several answers are missing' });
    expect(all.every(({ trainees }) => trainees === null)).toBe(true);
    expect(service.complaints).toBe(1);
    service.isAway = false;
    await until(() => all.at(-1)?.trainees?.length === 1, { what: 'it is told again' });
    watching.unsubscribe();
  });

  it('asks once for all who watch, and nobody when nobody does', async () => {
    const { service, told } = watched();
    expect(service.asked).toBe(0);
    const [one, other] = [told.subscribe(), told.subscribe()];
    await until(() => service.asked >= 2, { what: 'both phones are asked about' });
    expect(service.asked).toBe(2);
    one.unsubscribe();
    other.unsubscribe();
    const asked = service.asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(service.asked).toBe(asked);
  });
});
