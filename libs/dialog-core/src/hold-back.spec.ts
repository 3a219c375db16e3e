import {
  fixtures,
  given,
  inWorld,
  optedOut,
  registered,
  spanish,
  started,
  type Loose,
} from './dialog.testkit';

const day = (from: string, to: string) => ({
  opens: `2026-03-${from}:00.000Z`,
  closes: `2026-03-${to}:00.000Z`,
});
/** Two days of delivery, 9 to 21; the second is the last. */
const delivery = {
  notAfter: '2026-03-03T20:00:00.000Z',
  windows: [day('02T09:00', '02T21:00'), day('03T09:00', '03T21:00')],
};
const occurrence = 'drill:2026-03-02';
const noon = '2026-03-02T12:00:00.000Z';
const start = {
  type: 'StartDrill',
  drill: 'handwashing',
  reason: 'scheduled',
  runId: 'mine',
  occurrence,
  at: noon,
} as const;
const paused = { type: 'SchedulePaused', reason: 'text' } as const;
const pausedUntil = (until: string): Loose<'SchedulePaused'> => ({ ...paused, until });
const reasonAt = (at: string) => {
  const [batch] = given(registered).when({ ...start, delivery, at }).batches;
  return batch?.events.map((event) => ('reason' in event ? event.reason : event.type));
};

describe('the hours of a start', () => {
  it.each([
    ['before the first window opens', '2026-03-02T08:59:59.999Z', 'outsideWindow'],
    ['as it opens', '2026-03-02T09:00:00Z', 'scheduled'],
    ['just before it closes', '2026-03-02T20:59:59.999Z', 'scheduled'],
    ['as it closes', '2026-03-02T21:00:00.000Z', 'outsideWindow'],
    ['in the next window', '2026-03-03T12:00:00.000Z', 'scheduled'],
    ['at the last moment', '2026-03-03T20:00:00.000Z', 'scheduled'],
    ['after it', '2026-03-03T20:00:00.001Z', 'expired'],
  ])('%s', (_when, at, reason) => expect(reasonAt(at)).toEqual([reason]));

  it('bind an operator’s start that has some', () =>
    given(registered)
      .when({ ...start, reason: 'operator', delivery, at: '2026-03-04T12:00:00.000Z' })
      .then({ type: 'DrillPostponed', drill: 'handwashing', reason: 'expired', occurrence, runId: 'mine' }));
  it('go on to who sends the text, with the occurrence', () =>
    given(registered)
      .when({ ...start, delivery })
      .then({ type: 'DrillStarted', delivery, occurrence }));
});

describe('why a start is held back', () => {
  const overBudget = { ...fixtures, heldBack: { budgetSpent: true, congested: true } };
  const late = { ...start, delivery, at: '2026-03-02T23:00:00.000Z', expects: { runId: 'other' } };
  const postponed = (reason: string) =>
    ({ type: 'DrillPostponed', reason, occurrence, runId: 'mine' }) as const;

  it('is the opt-out first of all', () =>
    inWorld(overBudget, registered, paused, optedOut).when(late).then(postponed('optedOut')));
  it('then the pause', () => inWorld(overBudget, registered, paused).when(late).then(postponed('paused')));
  it('then that they are elsewhere', () =>
    inWorld(overBudget, registered).when(late).then(postponed('busy')));
  it('then the hour', () =>
    inWorld(overBudget, registered)
      .when({ ...late, expects: { runId: null } })
      .then(postponed('outsideWindow')));
  it('and only then the budget', () =>
    inWorld(overBudget, registered)
      .when({ ...late, expects: { runId: null }, at: noon })
      .then(postponed('budget')));
});

describe('where a start expects its trainee', () => {
  it('is in no drill', () => {
    given(registered)
      .when({ ...start, expects: { runId: null } })
      .then({ type: 'DrillStarted' });
    given(registered, started)
      .when({ ...start, expects: { runId: null } })
      .then({ type: 'DrillPostponed', reason: 'busy' });
  });
  it('or in just that one, which is then replaced', () =>
    given(registered, started)
      .when({ ...start, expects: { runId: 'run-0' } })
      .then({ type: 'DrillAbandoned', runId: 'run-0' }, { type: 'DrillStarted' }));
});

describe('while a trainee is paused', () => {
  it.each(['requested', 'continued', 'registered', 'operator'])('a drill that was %s begins', (reason) =>
    given(registered, paused)
      .when({ ...start, reason })
      .then({ type: 'DrillStarted' }),
  );
  it('replies are answered', () =>
    given(registered, started, paused)
      .when('b')
      .then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced' }));
  it('no reminder comes', () =>
    given(registered, started, paused)
      .when({ type: 'RemindTrainee', runId: 'run-0', prompt: 'how-long' })
      .then());
  it('a message comes only when it is no proactive one', () =>
    given(registered, paused)
      .when(
        { type: 'SendMessage', text: 'Hi', delivery, at: noon },
        { type: 'SendMessage', text: 'You there?' },
      )
      .then({ type: 'MessageRequested', text: 'You there?' }));
  it.each([
    ['before that day has come anywhere', '2026-03-02T09:59:59.999Z', 'DrillPostponed'],
    ['once it has somewhere, since who plans knows where', '2026-03-02T10:00:00.000Z', 'DrillStarted'],
  ])('up to a date, a start is decided %s', (_when, at, type) => {
    const [batch] = given(registered, pausedUntil('2026-03-03')).when({ ...start, at }).batches;
    expect(batch?.events.map((event) => event.type)).toEqual([type]);
  });
});

describe('the ladder of reminders', () => {
  const rung = (number: number, more: object = {}) =>
    ({ type: 'RemindTrainee', runId: 'run-0', prompt: 'how-long', rung: number, at: noon, ...more }) as const;
  const open = given(registered, started);
  const reminded = { runId: 'run-0', drill: 'handwashing' };

  it('has each rung once, and may leave some out', () =>
    open
      .when(rung(1), rung(1), rung(3), rung(2), rung(4))
      .then(
        { type: 'TraineeReminded', ...reminded, rung: 1 },
        { type: 'TraineeReminded', ...reminded, rung: 3 },
        { type: 'TraineeReminded', ...reminded, rung: 4 },
      ));
  it('begins anew with a wrong answer, and with the next question', () => {
    const again = open.when(rung(2), 'a').when(rung(1));
    again.then({ type: 'TraineeReminded', rung: 1 });
    again
      .when('b')
      .when(rung(1, { prompt: 'with-what' }))
      .then({ type: 'TraineeReminded', rung: 1 });
  });
  it('goes on after a reminder of a release that knew one alone', () =>
    open
      .when({ type: 'RemindTrainee', runId: 'run-0', prompt: 'how-long' })
      .when(rung(1), rung(2))
      .then({ type: 'TraineeReminded', rung: 2 }));
  it.each(['2026-03-02T21:00:00.000Z', '2026-03-04T09:00:00.000Z'])('says nothing at %s', (at) =>
    open.when(rung(1, { delivery, at })).then(),
  );
  it('says to the sender when it may arrive', () =>
    open
      .when(rung(1, { delivery, occurrence: 'reminder:1' }))
      .then({ type: 'TraineeReminded', delivery, occurrence: 'reminder:1' }));
});

describe('a message in several languages', () => {
  const message = {
    type: 'SendMessage',
    text: 'Closed!',
    texts: { es: '¡Cerrado!' },
    broadcastId: 'b-7',
    delivery,
    at: noon,
  } as const;
  it('is read in one’s own', () =>
    given(registered, spanish)
      .when(message)
      .then({ type: 'MessageRequested', text: '¡Cerrado!', broadcastId: 'b-7', delivery }));
  it('is the one text otherwise', () =>
    given(registered).when(message).then({ type: 'MessageRequested', text: 'Closed!' }));
  it('is some text, where there is no other', () =>
    given(registered)
      .when({ ...message, text: undefined })
      .then({ type: 'MessageRequested', text: '¡Cerrado!' }));
  it.each([
    ['out of hours, for its next window', '2026-03-02T22:00:00.000Z'],
    ['until the last moment', '2026-03-03T20:00:00.000Z'],
  ])('is handed on %s', (_when, at) =>
    given(registered)
      .when({ ...message, at })
      .then({ type: 'MessageRequested', text: 'Closed!', delivery }),
  );
  it('is not sent once it is too late', () =>
    given(registered)
      .when({ ...message, at: '2026-03-03T20:00:00.001Z' })
      .then());
  it('is not sent when its last window is over', () =>
    given(registered)
      .when({
        ...message,
        delivery: { ...delivery, windows: delivery.windows.slice(0, 1) },
        at: '2026-03-02T21:00:00.000Z',
      })
      .then());
});

describe('an enrolment with an account', () => {
  const enrol = {
    type: 'EnrolTrainee',
    code: 'import',
    source: 'import',
    account: { employerId: 'e-1', labels: ['new'], dates: { hired: '2026-02-16' } },
    consent: { source: 'paper form', at: '2026-02-16' },
  } as const;
  const { account, consent } = enrol;

  it('asks nobody for its code, and says how consent was given', () =>
    given()
      .when({ ...enrol, labels: ['nights'] })
      .then({
        type: 'TraineeRegistered',
        code: 'IMPORT',
        demo: false,
        source: 'import',
        account: { ...account, labels: ['new', 'nights'] },
        consent,
      }));
  it('tells of who is registered what is new, and the same again changes nothing', () => {
    const once = given(registered).when(enrol);
    once.then({ type: 'TraineeUpdated', account });
    once.when(enrol).then();
  });
  it('opts nobody in', () => given(registered, optedOut).when(enrol).then());
});
