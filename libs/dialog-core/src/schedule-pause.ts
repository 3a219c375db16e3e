import type { Command, DialogEvent } from '@stopcovid/contracts';
import { carriedOn } from './runs';
import type { DialogState } from './state';

/** Stops what is proactive. A second pause of the same kind says nothing new; reminders left unanswered end no other. */
export const pauseSchedule = (
  { trainee: { schedulePaused } }: DialogState,
  command: Command<'PauseSchedule'>,
): readonly DialogEvent[] => {
  const { reason, until, by } = command;
  const isKnown = schedulePaused?.reason === reason && schedulePaused.until === until;
  if (isKnown || (schedulePaused !== undefined && reason === 'unanswered')) return [];
  return [
    {
      type: 'SchedulePaused',
      reason,
      ...(until !== undefined && { until }),
      ...(by !== undefined && { by }),
      ...carriedOn(command),
    },
  ];
};

/** Goes on with what is proactive, for somebody who is paused. */
export const resumeSchedule = (
  { trainee }: DialogState,
  { by }: Command<'ResumeSchedule'>,
): readonly DialogEvent[] =>
  trainee.schedulePaused === undefined
    ? []
    : [{ type: 'ScheduleResumed', source: 'operator', ...(by !== undefined && { by }) }];
