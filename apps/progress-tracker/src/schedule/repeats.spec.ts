import { plan } from './plan';
import { missed, rightAgain } from './repeats';
import {
  at,
  date,
  day,
  handwashing,
  howLong,
  ladder,
  next,
  schedule,
  trainee,
  workdays,
} from './schedule.testkit';
import type { MissedPrompt } from './standing';

const monday = date('2026-06-08');

describe('a question that was missed on Monday', () => {
  const item = missed(ladder, { drill: handwashing, prompt: howLong }, monday);

  it('is due on Tuesday, then on Friday, and is retired when it was right both times', () => {
    expect(item.dueOn).toBe('2026-06-09');
    const second = rightAgain(ladder, item, date('2026-06-09'));
    expect(second?.dueOn).toBe('2026-06-12');
    expect(rightAgain(ladder, second!, date('2026-06-12'))).toBeNull();
  });

  const dayOf = (missedAgain: MissedPrompt, days: readonly string[]) => {
    const standing = trainee('UTC', {
      lastStartAt: at('2026-06-12T09:00Z'),
      nextDrill: null,
      missed: [missedAgain],
    });
    return plan(standing, schedule({ ...day, days }), at('2026-06-12T10:00Z'));
  };

  it('and again on Friday is due on Saturday, or on Monday where Saturday is no delivery day', () => {
    const again = missed(ladder, item, date('2026-06-12'));
    expect(next(dayOf(again, [...workdays, 'sat']), 'repeat')).toBe('2026-06-13T09:00Z');
    expect(next(dayOf(again, workdays), 'repeat')).toBe('2026-06-15T09:00Z');
  });

  it('is part of the day’s one drill', () => {
    const standing = trainee('UTC', { lastStartAt: at('2026-06-08T09:00Z'), missed: [item] });
    const made = plan(standing, schedule({ ...day, time: '09:00' }), at('2026-06-08T10:00Z'));
    expect(made.occurrences).toMatchObject([
      { kind: 'drill', drill: handwashing, repeats: [{ drill: handwashing, prompt: howLong }] },
    ]);
  });
});
