import { given, optedOut, registered, started } from './dialog.testkit';

const pause = { type: 'PauseSchedule', reason: 'operator' } as const;
const resume = { type: 'ResumeSchedule', by: 'ops' } as const;

describe('a pause by command', () => {
  it('is on record with who made it and until when', () =>
    given(registered)
      .when({ ...pause, until: '2026-03-16', by: 'ops' })
      .then({ type: 'SchedulePaused', reason: 'operator', until: '2026-03-16', by: 'ops' }));
  it('leaves the drill in progress as it is', () =>
    expect(given(registered, started).when(pause).state.conversation).toEqual(
      given(registered, started).state.conversation,
    ));
  it('that says nothing new is no event', () => given(registered).when(pause).when(pause).then());
  it('until another date is another one', () =>
    given(registered)
      .when(pause)
      .when({ ...pause, until: '2026-03-16' })
      .then({ type: 'SchedulePaused', until: '2026-03-16' }));
  it('for reminders left unanswered is on record with what the sender must check', () => {
    const delivery = {
      notAfter: '2026-03-02T18:00:00.000Z',
      windows: [{ opens: '2026-03-02T08:00:00.000Z', closes: '2026-03-02T18:00:00.000Z' }],
    };
    given(registered)
      .when({ ...pause, reason: 'unanswered', delivery, occurrence: 'pause:1' })
      .then({ type: 'SchedulePaused', reason: 'unanswered', delivery, occurrence: 'pause:1' });
  });
  it('for reminders left unanswered takes the place of no other', () =>
    given(registered)
      .when(pause)
      .when({ ...pause, reason: 'unanswered' })
      .then());
  it('outlives an opt-out, and ends when consent is given back', () => {
    const paused = given(registered, optedOut).when(pause);
    expect(paused.state.trainee.schedulePaused).toBeDefined();
    expect(paused.when('START').state.trainee.schedulePaused).toBeUndefined();
  });
});

describe('a resume by command', () => {
  it('is on record with who made it', () =>
    given(registered)
      .when(pause)
      .when(resume)
      .then({ type: 'ScheduleResumed', source: 'operator', by: 'ops' }));
  it('of who is not paused is no event', () => given(registered).when(resume).then());
});

describe('a run that is to end', () => {
  it.each(['expired', 'idle', 'operator'])('ends as %s', (reason) =>
    given(registered, started)
      .when({ type: 'AbandonDrill', runId: 'run-0', reason })
      .then({ type: 'DrillAbandoned', runId: 'run-0', drill: 'handwashing', prompt: 'how-long', reason }),
  );
  it('goes on when it is another that was meant', () =>
    given(registered, started).when({ type: 'AbandonDrill', runId: 'run-9', reason: 'expired' }).then());
});
