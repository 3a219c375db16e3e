import { commandIdSchema } from '@stopcovid/contracts';
import { phone } from './calendar.testkit';
import { occurrenceId, runIdOf, spreadMs, type OccurrenceName } from './occurrence';
import { hourMs, minuteMs } from './temporal';

const drill: OccurrenceName = {
  kind: 'drill',
  phone: phone('+12025550143'),
  nominal: '2026-03-08',
  round: 0,
};

describe("an occurrence's id", () => {
  it('is the same for ever', () =>
    expect(occurrenceId({ ...drill })).toBe('drill-2cb40b3284ccfd340d3cb34c7f4456888b2cdde8'));

  it.each([
    ['another date', { nominal: '2026-03-09' }],
    ['another phone', { phone: phone('+12025550144') }],
    ['another kind', { kind: 'repeat' as const }],
    ['another round', { round: 1 }],
  ])('differs for %s', (_, change) =>
    expect(occurrenceId({ ...drill, ...change })).not.toBe(occurrenceId(drill)),
  );

  it('does not show the phone', () => expect(occurrenceId(drill)).not.toContain('2025550143'));

  it('names the run that its command starts', () =>
    expect(runIdOf(commandIdSchema.parse('drill-1'))).toBe('run-drill-1'));
});

describe('a spread', () => {
  const phones = Array.from({ length: 60_000 }, (_, index) => phone(`+1202${5_000_000 + index}`));

  it('is even: no minute of an hour has more than 1.2 times its share', () => {
    const counts = new Map<number, number>();
    for (const one of phones) {
      const minute = Math.floor(spreadMs(one, 'daily', hourMs) / minuteMs);
      counts.set(minute, (counts.get(minute) ?? 0) + 1);
    }
    expect(counts.size).toBe(60);
    expect(Math.max(...counts.values())).toBeLessThan(1.2 * (phones.length / 60));
  });

  it('gives a phone the same place always, and another in another schedule', () => {
    expect(spreadMs(phones[7]!, 'daily', hourMs)).toBe(spreadMs(phones[7]!, 'daily', hourMs));
    expect(spreadMs(phones[7]!, 'daily', hourMs)).not.toBe(spreadMs(phones[7]!, 'other', hourMs));
  });

  it('keeps the order of phones in a shorter time', () =>
    expect(spreadMs(phones[7]!, 'daily', hourMs / 2)).toBe(
      Math.floor(spreadMs(phones[7]!, 'daily', hourMs) / 2),
    ));
});
