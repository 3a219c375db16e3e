import type { LocalDate } from '@stopcovid/calendar';
import { completionTable } from '../figures/completion-table';
import type { RunFigures } from '../figures/run-figures';
import { given } from '../given';
import { deliveryOf, type Deliveries } from './deliveries';
import type { NameEvent } from './hook-events';
import { dayMs, type HookEvent, type Webhook } from './webhook';
import type { Webhooks } from './webhooks';

/* The westmost zone is twelve hours behind UTC: at noon of the day after, a date has ended everywhere. */
const endedAfterMs = dayMs / 2;

const dayOf = (ms: number): LocalDate => new Date(ms).toISOString().slice(0, 10) as LocalDate;
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAfter = (day: string): LocalDate => dayOf(startOf(day) + dayMs);

/** The last date, such as 2026-03-01, that has ended everywhere: at noon UTC of the day after it. */
export const lastDayEnded = (now: Date): LocalDate => dayOf(now.getTime() - dayMs - endedAfterMs);

/* A webhook that was disabled for longer hears no more of the days before. */
const mostDays = 7;

const daysFor = ({ dailyThrough }: Webhook, last: LocalDate): readonly LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = dayAfter(dailyThrough); day <= last; day = dayAfter(day)) days.push(day);
  return days.slice(-mostDays);
};

export type DailyParts = {
  readonly figures: RunFigures;
  readonly webhooks: Pick<Webhooks, 'change'>;
  readonly deliveries: Pick<Deliveries, 'add'>;
  readonly nameEvent: NameEvent;
  readonly now: () => Date;
};

const figuresOf = async (
  { figures, nameEvent }: DailyParts,
  { employers }: Webhook,
  day: LocalDate,
): Promise<readonly HookEvent[]> => {
  const filter = { from: day, until: dayAfter(day), ...given({ employers }) };
  const { lines } = await completionTable(figures, filter, ['employer']);
  return lines.map(({ group, assigned, sent, started, completed, due, onTime, optedOut }): HookEvent => {
    const employerId = group.employerId ?? undefined;
    return {
      id: nameEvent('stats.daily', day, employerId ?? ''),
      kind: 'stats.daily',
      at: new Date(startOf(day) + dayMs + endedAfterMs),
      ...given({ employerId }),
      data: { day, assigned, sent, started, completed, due, onTime, optedOut },
    };
  });
};

/**
 * Puts the figures of each local day that has ended everywhere on their way to who wants them: one event for every
 * employer of whom runs began on it. Doing it again changes nothing.
 */
export const announceDays = async (parts: DailyParts, webhooks: readonly Webhook[]): Promise<void> => {
  const now = parts.now();
  const last = lastDayEnded(now);
  for (const webhook of webhooks) {
    if (!webhook.kinds.includes('stats.daily') || webhook.dailyThrough >= last) continue;
    for (const day of daysFor(webhook, last)) {
      const events = await figuresOf(parts, webhook, day);
      await parts.deliveries.add(events.map((event) => deliveryOf(webhook, event, now)));
    }
    await parts.webhooks.change(webhook.id, { dailyThrough: last });
  }
};
