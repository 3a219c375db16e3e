import type { CommandType } from '@stopcovid/contracts';
import { decide } from './decide';
import {
  at,
  command,
  demoRegistered,
  employer,
  factsFor,
  fixtures,
  given,
  handwashing,
  inWorld,
  keywords,
  optedOut,
  registered,
  spanish,
  started,
  unemployed,
  type Loose,
} from './dialog.testkit';
import { initialState } from './state';

const start = { type: 'StartDrill', drill: 'handwashing', reason: 'scheduled' } as const;
const remind = { type: 'RemindTrainee', runId: 'run-0', prompt: 'how-long' } as const;

describe('starting a drill', () => {
  it('asks its first prompt in the trainee’s language', () =>
    given(registered, spanish)
      .when({ ...start, runId: 'mine' })
      .then({
        type: 'DrillStarted',
        runId: 'mine',
        drill: 'handwashing',
        revision: handwashing.hash,
        reason: 'scheduled',
        prompt: {
          slug: 'how-long',
          language: 'es',
          position: 1,
          of: 4,
          messages: [{ text: '¿Cuánto tiempo? {{options}}' }],
          options: [{ text: 'por 10 segundos' }, { text: 'por 20 segundos' }],
        },
      }));
  it('makes a run of its own when none is named', () =>
    given(registered).when(start).then({ type: 'DrillStarted', runId: 'run-c1' }));
  it('takes the very revision that is named', () =>
    given(registered)
      .when({ ...start, revision: handwashing.hash })
      .then({ type: 'DrillStarted', revision: handwashing.hash }));
  it('says the pass mark of its content, where it has one', () => {
    const withMark = { ...handwashing.content, passMark: 80 };
    given(registered)
      .when({ ...start, content: withMark })
      .then({ type: 'DrillStarted', passMark: 80 });
    expect(given(registered).when(start).batches.at(-1)?.events[0]).not.toHaveProperty('passMark');
  });
  it('takes content that travels with the command', () =>
    given(registered)
      .when({ ...start, content: { ...handwashing.content, slug: 'carried' } })
      .then({ type: 'DrillStarted', drill: 'carried', revision: 'e'.repeat(64) }));
  it('is refused to who opted out', () =>
    given(registered, optedOut)
      .when({ ...start, reason: 'operator' })
      .then());
  it('is open to invited people who never registered', () =>
    given().when(start).then({ type: 'DrillStarted' }));
  it('says that it replaces the drill in progress', () =>
    given(registered, started)
      .when({ ...start, drill: 'intake' })
      .then(
        {
          type: 'DrillAbandoned',
          runId: 'run-0',
          drill: 'handwashing',
          prompt: 'how-long',
          reason: 'replaced',
        },
        { type: 'DrillStarted', drill: 'intake' },
      ));
  it('asked for again with the same run starts nothing twice', () =>
    given(registered)
      .when({ ...start, runId: 'mine' }, 'a')
      .when({ ...start, runId: 'mine' })
      .then());
});

describe('a scheduled start that is held back', () => {
  const congested = { ...fixtures, heldBack: { congested: true } };
  const overBudget = { ...fixtures, heldBack: { budgetSpent: true } };
  const both = { ...fixtures, heldBack: { congested: true, budgetSpent: true } };

  it.each([
    ['the queue', congested, 'congestion'],
    ['the budget', overBudget, 'budget'],
    ['the budget before the queue', both, 'budget'],
  ])('is on record with its reason: %s', (_what, world, reason) =>
    inWorld(world, registered).when(start).then({ type: 'DrillPostponed', drill: 'handwashing', reason }),
  );
  it('leaves the drill in progress as it is, and its question open', () => {
    const { state } = inWorld(congested, registered, started);
    const held = inWorld(congested, registered, started).when({ ...start, drill: 'intake' });
    expect(held.state).toEqual(state);
    held.when('b').then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced' });
  });
  it('names the drill that travels along', () =>
    inWorld(congested, registered)
      .when({ ...start, content: { ...handwashing.content, slug: 'carried' } })
      .then({ type: 'DrillPostponed', drill: 'carried' }));
  it('is not on record where its run has begun', () => {
    inWorld(congested, registered, started)
      .when({ ...start, runId: 'run-0' })
      .then();
  });
  it('may begin its run later, under the same name', () => {
    const held = inWorld(congested, registered).when({ ...start, runId: 'mine' });
    expect(
      decide(
        held.state,
        command({ ...start, runId: 'mine' }),
        factsFor(held.state, command(start), fixtures),
      ),
    ).toMatchObject([{ type: 'DrillStarted', runId: 'mine' }]);
  });
  it.each(['registered', 'requested', 'continued', 'operator'])('is never one that was %s', (reason) =>
    inWorld(both, registered)
      .when({ ...start, reason })
      .then({ type: 'DrillStarted', reason }),
  );
  it('holds up no reply and no reminder', () =>
    inWorld(both, registered, started)
      .when(remind, 'b')
      .then({ type: 'TraineeReminded' }, { type: 'PromptCompleted' }, { type: 'PromptAdvanced' }));
});

describe('a reminder', () => {
  it('puts the open question again', () =>
    given(registered, started)
      .when(remind)
      .then({ type: 'TraineeReminded', runId: 'run-0', drill: 'handwashing', prompt: { slug: 'how-long' } }));
  it('is given once per prompt', () => given(registered, started).when(remind).when(remind).then());
  it('is given again for the next prompt', () =>
    given(registered, started)
      .when(remind, 'b')
      .when({ ...remind, prompt: 'with-what' })
      .then({ type: 'TraineeReminded' }));
  it('of another run is stale', () =>
    given(registered, started)
      .when({ ...remind, runId: 'other' })
      .then());
  it('of another prompt is stale', () =>
    given(registered, started)
      .when({ ...remind, prompt: 'why' })
      .then());
  it('without a drill is stale', () => given(registered).when(remind).then());
  it('is not given to who never registered', () => given(started).when(remind).then());
  it('is not given to who opted out', () => given(registered, started).when('STOP').when(remind).then());
  it('is not given to who opted out, even should a question have been left open', () => {
    const { state } = given(registered, started);
    const damaged = { ...state, trainee: { ...state.trainee, optedOut: true } };
    expect(decide(damaged, command(remind), factsFor(damaged, command(remind), fixtures))).toEqual([]);
  });
  it('leaves the question open', () =>
    given(registered, started)
      .when(remind)
      .when('b')
      .then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced' }));
});

describe('a message of an operator’s', () => {
  it('is passed on as it is', () =>
    given(registered)
      .when({ type: 'SendMessage', text: 'Hi', mediaUrl: 'https://example.org/a.png' })
      .then({ type: 'MessageRequested', text: 'Hi', mediaUrl: 'https://example.org/a.png' }));
  it('may be a notice of our own', () =>
    given(registered)
      .when({ type: 'SendMessage', notice: 'NoMoreDrills' })
      .then({ type: 'MessageRequested', notice: 'NoMoreDrills' }));
  it('does not go to who opted out', () =>
    given(registered, optedOut).when({ type: 'SendMessage', text: 'Hi' }).then());
  it('leaves the drill as it is', () =>
    given(registered, started)
      .when({ type: 'SendMessage', text: 'Hi' })
      .when('b')
      .then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced' }));
});

describe('updating a trainee', () => {
  const update = (fields: object): Loose<CommandType> => ({ type: 'UpdateTrainee', ...fields });
  it('merges profile and account, and carries what changed', () => {
    const { state } = given(registered)
      .when(update({ profile: { name: 'Ana', answers: { job: 'cook' } }, account: { unitId: 'u1' } }))
      .seeing({ type: 'TraineeUpdated', profile: { name: 'Ana' }, account: { unitId: 'u1' } })
      .when(update({ profile: { answers: { shift: 2 } } }))
      .seeing({ type: 'TraineeUpdated' });
    expect(state.trainee).toMatchObject({
      profile: { name: 'Ana', language: 'en', answers: { job: 'cook', shift: 2 } },
      account: { ...employer, unitId: 'u1' },
    });
  });
  it('forgets what is null', () => {
    const talk = given(registered).when(
      update({ profile: { name: 'Ana', timeZone: 'America/Chicago', answers: { job: 'cook' } } }),
      update({ profile: { name: null, timeZone: null, answers: { job: null } } }),
    );
    expect(talk.state.trainee.profile).toEqual({ language: 'en', answers: {} });
  });
  it('changes the language of the question that is asked next', () =>
    given(registered, started)
      .when(update({ profile: { language: 'es' } }))
      .when('b')
      .then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced', prompt: { language: 'es' } }));
  it('that changes nothing is no event', () =>
    given(registered)
      .when(update({ profile: { language: 'en' }, account: { employerId: 'acme' } }))
      .then());
  it('may drop the drill in progress', () =>
    given(registered, started)
      .when(update({ abandonDrill: true }))
      .then({ type: 'DrillAbandoned', reason: 'updated' }));
  it('drops no drill where there is none', () =>
    given(registered)
      .when(update({ abandonDrill: true }))
      .then());
  it.each([
    { profile: { optedOut: true } },
    { profile: { nickname: 'x' } },
    { account: { optedOut: false } },
  ])('refuses unknown fields at the door: %j', (fields) =>
    expect(() => given(registered).when(update(fields))).toThrow('codec refuses'),
  );
  it('never gives consent back', () => {
    const { state } = given(registered, optedOut).when(update({ profile: { name: 'Ana' } }));
    expect(state.trainee.optedOut).toBe(true);
  });
});

describe('enrolling somebody', () => {
  const enrol = (fields: object = {}): Loose<CommandType> => ({
    type: 'EnrolTrainee',
    code: ' acme',
    source: 'website',
    ...fields,
  });
  it('registers with profile and labels, each label once, in order', () =>
    given()
      .when(enrol({ profile: { name: 'Ana', language: 'es' }, labels: ['b', 'a', 'b'] }))
      .then({
        type: 'TraineeRegistered',
        code: 'ACME',
        source: 'website',
        account: { ...employer, labels: ['b', 'a'] },
        profile: { name: 'Ana', language: 'es' },
      }));
  it('is refused with an unknown code', () =>
    given()
      .when(enrol({ code: 'nope' }))
      .then({ type: 'RegistrationRefused', code: 'NOPE', source: 'website' }));
  it('waits for a registration service that is down', () =>
    given()
      .when(enrol({ code: 'DOWN' }))
      .then({ type: 'RegistrationUnavailable', source: 'website' }));
  it('never opts anybody in again', () => given(optedOut).when(enrol()).then());
  it('tells who is registered nothing new', () =>
    given(registered)
      .when(enrol({ code: 'SHOW' }))
      .then());
  it('adds to who is registered what is new', () =>
    given(registered)
      .when(enrol({ labels: ['x'], profile: { name: 'Ana' } }))
      .then({ type: 'TraineeUpdated', profile: { name: 'Ana' }, account: { labels: ['x'] } }));
  it('adds no label twice', () =>
    given(registered)
      .when(enrol({ labels: ['x'] }))
      .when(enrol({ labels: ['x'] }))
      .then());
  it('registers a demo person again, ending the drill in progress', () =>
    given(demoRegistered, started)
      .when(enrol())
      .then({ type: 'DrillAbandoned', reason: 'registered' }, { type: 'TraineeRegistered', demo: false }));
  it('registers a person without an employer', () =>
    given(unemployed).when(enrol()).then({ type: 'TraineeRegistered', code: 'ACME' }));
});

describe('opting somebody out', () => {
  it('by the carrier keeps its detail and the refused text, and ends the drill', () =>
    given(registered, started)
      .when({ type: 'OptOutTrainee', source: 'carrier', detail: '21610', messageId: 'refused' })
      .then(
        { type: 'TraineeOptedOut', source: 'carrier', detail: '21610', messageId: 'refused' },
        { type: 'DrillAbandoned', reason: 'optedOut' },
      ));
  it('twice is once', () =>
    given(registered, optedOut).when({ type: 'OptOutTrainee', source: 'operator' }).then());
});

describe('a decision without its facts', () => {
  it.each([start, { type: 'EnrolTrainee', code: 'ACME', source: 'website' } as const])(
    'is our own mistake: $type',
    (order) =>
      expect(() => decide(initialState(), command(order), { at, runId: 'r' as never, keywords })).toThrow(
        'decide was called without',
      ),
  );
});
