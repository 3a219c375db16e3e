import type { HealthCheck, Runtime } from '@stopcovid/runtime';
import type { ClockParts, TickReport } from './clock';
import type { DatabaseTime } from './database-time';

/* Further off than this, nothing that this replica thinks of time is to be believed. */
const mostOffMs = 30_000;

const readinessOf = ({ offMs }: Pick<DatabaseTime, 'offMs'>): ReturnType<HealthCheck> =>
  offMs <= mostOffMs
    ? { up: true }
    : { up: false, detail: `${Math.round(offMs / 1_000)} s off the database's time` };

/** Counts what the clock does, writes a line where it did something, and tells readiness how far its time is off. */
export const reportTicks = (
  { logger, metrics, health }: Runtime,
  time: Pick<DatabaseTime, 'offMs'>,
): Pick<ClockParts, 'onTick' | 'onTrouble'> => {
  const due = metrics.counter('schedule_due_total', 'Phones that were looked at because something was due');
  const published = metrics.counter('schedule_published_total', 'Commands that came due', ['type']);
  const held = metrics.counter(
    'schedule_held_total',
    'Due occurrences that wait for their turn after an outage',
  );
  const passed = metrics.counter('schedule_passed_total', 'Occurrences that did not come, by reason', [
    'reason',
  ]);
  const lost = metrics.counter('schedule_lost_total', 'Phones that somebody else wrote meanwhile');
  const late = metrics.histogram(
    'schedule_late_seconds',
    'How long after it was due a command was published',
  );
  const oldest = metrics.gauge(
    'schedule_oldest_overdue_seconds',
    'How long the longest overdue phone has waited',
  );
  const trouble = metrics.counter('schedule_trouble_total', 'Ticks that failed');
  health.register('clock', () => readinessOf(time), 'ready');
  const count = ({ claims }: TickReport): number => {
    for (const each of claims) {
      if (each.command !== null) published.inc({ type: each.command.type });
      if (each.lateMs !== null) late.observe(each.lateMs / 1_000);
      if (each.held) held.inc();
      for (const { reason } of each.passed) passed.inc({ reason });
    }
    return claims.filter(({ command }) => command !== null).length;
  };
  return {
    onTick: (tick) => {
      due.inc(tick.claims.length + tick.lost);
      lost.inc(tick.lost);
      oldest.set(tick.oldestMs / 1_000);
      const commands = count(tick);
      for (const each of tick.unreadable)
        logger.error({ alarm: 'schedule-unreadable', ...each }, 'a schedule cannot be read; its phone waits');
      if (commands > 0)
        logger.info(
          { due: tick.claims.length, commands, lost: tick.lost, ms: Math.round(tick.ms) },
          'what was due is published',
        );
    },
    onTrouble: (error) => {
      trouble.inc();
      logger.warn({ err: error }, 'the clock could not look at what is due; it tries again');
    },
  };
};
