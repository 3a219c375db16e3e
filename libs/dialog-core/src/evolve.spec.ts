import { dialogEventSchema, eventSample, eventTypes, type EventType } from '@stopcovid/contracts';
import { at, employer, given, optedOut, registered, started, type Loose } from './dialog.testkit';
import { evolve } from './evolve';
import type { DialogState } from './state';

const about = { runId: 'run-0', drill: 'handwashing' };
const asked = { slug: 'with-what', language: 'en', position: 2, of: 4, messages: [] };
const answered = { ...about, prompt: 'how-long', response: 'b', rule: 'Marker', attempt: 1 };
const openAt = (prompt: string, more: object = {}) => ({
  conversation: { status: 'AwaitingReply', prompt, failures: 0, reminded: false, ...more },
});

/** What changes the state of a registered trainee at the first question: an event that fits, and the state after it. */
const cases: Partial<Record<EventType, readonly [fields: object, after: object]>> = {
  TraineeRegistered: [
    { code: 'NEW', demo: true, source: 'text', account: { employerName: 'New' }, profile: { name: 'Ana' } },
    {
      trainee: {
        registration: { code: 'NEW', demo: true, at },
        account: { employerName: 'New' },
        profile: { name: 'Ana' },
      },
    },
  ],
  TraineeUpdated: [
    { profile: { language: 'es' }, account: { unitId: 'u' } },
    { trainee: { profile: { language: 'es' }, account: { ...employer, unitId: 'u' } } },
  ],
  TraineeOptedOut: [
    { source: 'operator' },
    { trainee: { optedOut: true }, conversation: { status: 'Idle' } },
  ],
  OptOutQuestioned: [{ text: 'please stop texting me' }, { optOutQuestioned: true }],
  ChannelChanged: [
    { channel: 'whatsapp', address: '+5215512345678' },
    { trainee: { channel: 'whatsapp', address: '+5215512345678' } },
  ],
  SchedulePaused: [
    { reason: 'operator', until: '2026-03-16' },
    { trainee: { schedulePaused: { since: at, reason: 'operator', until: '2026-03-16' } } },
  ],
  DrillStarted: [
    { ...about, runId: 'run-1', revision: 'f'.repeat(64), reason: 'operator', prompt: asked },
    openAt('with-what', { run: { runId: 'run-1', right: 0, graded: 0 } }),
  ],
  PromptCompleted: [
    { ...answered, correct: true, stored: { field: 'name', value: 'Ana' } },
    {
      trainee: { profile: { name: 'Ana' } },
      conversation: { status: 'BetweenPrompts', run: { right: 1, graded: 1 } },
    },
  ],
  PromptFailed: [{ ...answered, abandoned: false }, openAt('how-long', { failures: 1 })],
  PromptAdvanced: [{ ...about, prompt: asked }, openAt('with-what')],
  DrillCompleted: [
    { ...about, right: 0, graded: 0, autoContinue: false },
    { conversation: { status: 'Idle' } },
  ],
  DrillAbandoned: [{ ...about, reason: 'updated' }, { conversation: { status: 'Idle' } }],
  TraineeErased: [
    { reason: 'asked for' },
    { conversation: { status: 'Idle' }, trainee: { account: {}, optedOut: false } },
  ],
  TraineeReminded: [
    { ...about, prompt: { ...asked, slug: 'how-long' } },
    openAt('how-long', { reminded: true }),
  ],
};

const caseOf = (type: EventType) => {
  const [fields, expected] = cases[type] ?? [{}, {}];
  return { fields, expected };
};

const before = given(registered, started).state;
const after = (state: DialogState, event: Loose<EventType>): DialogState =>
  evolve(state, dialogEventSchema.parse(event), { at });

const changing = eventTypes.flatMap((type) => (cases[type] === undefined ? [] : [{ type, ...caseOf(type) }]));
const unchanging = eventTypes.filter((type) => cases[type] === undefined);

describe('every event has its place in the state', () => {
  it.each(changing)('$type changes it', ({ type, fields, expected }) =>
    expect(after(before, { type, ...fields })).toMatchObject(expected),
  );

  it.each(unchanging)('%s changes nothing', (type) =>
    expect(after(before, { ...eventSample(type), type })).toEqual(before),
  );

  it.each(changing)('$type of another run, or of none, is not taken for this one', ({ type, fields }) => {
    const stranger = { type, ...fields, ...('runId' in fields && { runId: 'stranger' }) };
    const { conversation } = after(before, stranger);
    const changes = ['DrillStarted', 'TraineeErased', 'TraineeOptedOut'].includes(type);
    expect(conversation).toEqual(
      changes ? expect.not.objectContaining(before.conversation) : before.conversation,
    );
  });
});

describe('details of the state after an event', () => {
  it('an abandoned question counts as graded and not as right', () =>
    expect(after(before, { type: 'PromptFailed', ...answered, abandoned: true })).toMatchObject({
      conversation: { status: 'BetweenPrompts', run: { right: 0, graded: 1 } },
    }));
  it('a question without a key counts as neither', () =>
    expect(after(before, { type: 'PromptCompleted', ...answered })).toMatchObject({
      conversation: { run: { right: 0, graded: 0 } },
    }));
  it.each([
    { type: 'PromptCompleted', ...answered, prompt: 'why', correct: true },
    { type: 'PromptFailed', ...answered, prompt: 'why', abandoned: false },
    { type: 'TraineeReminded', ...about, prompt: asked },
  ] as const)('$type about a prompt that is not open changes nothing', (event) =>
    expect(after(before, event)).toEqual(before),
  );
  it('consent is given back by its event alone', () => {
    const out = given(registered, optedOut).state;
    expect(after(out, { type: 'TraineeOptedIn', source: 'text', word: 'go' }).trainee.optedOut).toBe(false);
    const others = eventTypes.filter((type) => type !== 'TraineeOptedIn');
    expect(others.filter((type) => !after(out, { ...eventSample(type), type }).trainee.optedOut)).toEqual([]);
  });
  it.each([
    { type: 'ScheduleResumed', source: 'operator' },
    { type: 'TraineeOptedIn', source: 'text', word: 'go' },
  ] as const)('a pause ends with $type, and leaves nothing behind', (event) =>
    expect(after(after(before, { type: 'SchedulePaused', reason: 'text' }), event)).toEqual(before),
  );
  it('a pause outlives another channel', () => {
    const paused = after(before, { type: 'SchedulePaused', reason: 'text' });
    const elsewhere = after(paused, { type: 'ChannelChanged', channel: 'whatsapp' });
    expect(elsewhere.trainee).toEqual({ ...paused.trainee, channel: 'whatsapp' });
  });
  it('nobody who opted out has a drill in progress', () => {
    const out = given(registered, optedOut).state;
    expect(after(out, started).conversation).toEqual({ status: 'Idle' });
  });
  it('a new employer leaves nothing of the old one, and keeps what is not the employer’s', () => {
    const moved = given(
      registered,
      {
        type: 'TraineeUpdated',
        profile: {},
        account: { unitId: 'u', unitName: 'U', personId: 'p', labels: ['x'] },
      },
      { ...registered, account: { employerId: 'other' } },
    );
    expect(moved.state.trainee.account).toEqual({ employerId: 'other', personId: 'p', labels: ['x'] });
  });
  it.each(['__proto__', 'Not A Field', ''])('an answer stored in "%s" goes nowhere', (field) => {
    const stored = { field, value: true };
    const { trainee } = after(before, { type: 'PromptCompleted', ...answered, stored });
    expect(trainee).toEqual(before.trainee);
  });
  it.each(['registration', 'account', 'answers', 'timeZone', 'constructor'])(
    'an answer stored in "%s" is an answer among answers',
    (field) => {
      const stored = { field, value: true };
      const { trainee } = after(before, { type: 'PromptCompleted', ...answered, stored });
      expect(trainee).toEqual({
        ...before.trainee,
        profile: { ...before.trainee.profile, answers: { [field]: true } },
      });
    },
  );
});
