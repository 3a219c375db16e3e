import { drillRevisionSchema } from '@stopcovid/contracts';
import {
  fixtures,
  given,
  handwashing,
  inWorld,
  onePrompt,
  optedOut,
  registered,
  started,
  startedDrill,
  type Order,
  type Talk,
  type World,
} from './dialog.testkit';

const stopAt = '2026-02-28T20:00:00.000Z';
const text = (words: string, at: string) => ({ type: 'ReceiveSms', text: words, at }) as const;
const stop = text('STOP', stopAt);
const back = (at: string) => text('START', at);
const soon = back('2026-03-01T19:59:59.000Z');
const late = back('2026-03-01T20:00:00.000Z');

const question = given(registered, started);
/** Before this only the first question was answered, rightly. */
const stopped = question.when('b', stop);
const runNow = ({ state: { conversation } }: Talk) =>
  conversation.status === 'Idle' ? undefined : conversation.run;

describe('a drill that an opt-out cut off', () => {
  it('goes on at its question, with its score, for who comes back within a day', () => {
    const talk = stopped.when(soon).seeing(
      { type: 'TraineeOptedIn', cutOff: 'goesOn' },
      {
        type: 'DrillStarted',
        runId: 'run-c3',
        drill: 'handwashing',
        revision: handwashing.hash,
        reason: 'optedIn',
        goesOn: { runId: 'run-0', right: 1, graded: 1 },
        prompt: { slug: 'with-what', position: 2 },
      },
    );
    talk
      .when('a', 'b')
      .then(
        { type: 'PromptCompleted', runId: 'run-c3' },
        { type: 'PromptAdvanced' },
        { type: 'PromptCompleted' },
        { type: 'PromptAdvanced' },
        { type: 'DrillCompleted', runId: 'run-c3', right: 3, graded: 3 },
      );
  });

  it('starts anew for who comes back a day later, and that is said', () =>
    stopped.when(late).then({ type: 'TraineeOptedIn', cutOff: 'anew' }, { type: 'NextDrillRequested' }));

  it.each<[string, ...Order[]]>([
    ['by the word', stop],
    ['at the carrier', { ...text('Stop!', stopAt), optOutType: 'STOP' }],
    ['when asked back', text('stop texting me', stopAt), text('yes', stopAt)],
    ['by an operator', { type: 'OptOutTrainee', source: 'operator', at: stopAt }],
  ])('goes on whether it was withdrawn %s', (_how, ...orders) =>
    question
      .when(...orders)
      .when(soon)
      .then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted', goesOn: {} }),
  );

  it('goes on also where the carrier heard the word', () =>
    stopped
      .when({ ...text('???', soon.at), optOutType: 'START' })
      .then({ type: 'TraineeOptedIn', confirmedBy: 'carrier', cutOff: 'goesOn' }, { type: 'DrillStarted' }));

  it('goes on as often as it is cut off, and never counts an answer twice', () => {
    const again = stopped.when(soon, 'a', text('STOP', soon.at)).when(back('2026-03-02T10:00:00.000Z'));
    expect(runNow(again)).toMatchObject({ runId: 'run-c6', right: 2, graded: 2 });
  });

  it('is forgotten with the opt-in: a later one finds nothing to go on with', () => {
    const later = stopped.when(late, text('STOP', late.at)).when(back('2026-03-01T21:00:00.000Z'));
    const [optedIn] = later.batches.at(-1)?.events ?? [];
    expect(optedIn).toMatchObject({ type: 'TraineeOptedIn' });
    expect(optedIn).not.toHaveProperty('cutOff');
  });

  it('goes on as it was asked then, whatever was edited since', () => {
    const edited = drillRevisionSchema.parse({
      hash: '1'.repeat(64),
      content: { ...onePrompt.content, slug: handwashing.content.slug },
    });
    const world: World = { ...fixtures, drills: [edited, ...fixtures.drills] };
    inWorld(world, registered, started)
      .when(stop)
      .when(soon)
      .then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted', revision: handwashing.hash });
  });

  it('keeps the pass mark of its revision', () => {
    const marked = drillRevisionSchema.parse({
      hash: '2'.repeat(64),
      content: { ...handwashing.content, passMark: 60 },
    });
    inWorld({ ...fixtures, drills: [marked] }, registered, startedDrill(marked))
      .when(stop)
      .when(soon)
      .then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted', goesOn: {}, passMark: 60 });
  });

  it('starts anew where its revision is gone: consent comes back all the same', () =>
    inWorld({ ...fixtures, drills: [] }, registered, started)
      .when(stop)
      .when(soon)
      .then({ type: 'TraineeOptedIn', cutOff: 'anew' }, { type: 'NextDrillRequested' }));

  it.each<[string, string, Order]>([
    ['an update that drops it', 'updated', { type: 'UpdateTrainee', abandonDrill: true }],
    ['an operator', 'operator', { type: 'AbandonDrill', runId: 'run-0', reason: 'operator' }],
    [
      'its first text, which came too late',
      'expired',
      { type: 'AbandonDrill', runId: 'run-0', reason: 'expired' },
    ],
  ])('does not go on once it was ended by %s, and nothing is said of it', (_what, reason, order) => {
    const [optedIn, ...others] =
      stopped
        .when(order)
        .seeing({ type: 'DrillAbandoned', runId: 'run-0', drill: 'handwashing', prompt: 'with-what', reason })
        .when(soon)
        .batches.at(-1)?.events ?? [];
    expect(optedIn).toMatchObject({ type: 'TraineeOptedIn' });
    expect(optedIn).not.toHaveProperty('cutOff');
    expect(others).toMatchObject([{ type: 'NextDrillRequested' }]);
  });

  it.each<[string, Order]>([
    ['another run', { type: 'AbandonDrill', runId: 'run-9', reason: 'operator' }],
    ['nothing of it', { type: 'UpdateTrainee', profile: { name: 'Ana' } }],
  ])('goes on where a command meant %s', (_what, order) =>
    stopped
      .when(order)
      .when(soon)
      .then({ type: 'TraineeOptedIn', cutOff: 'goesOn' }, { type: 'DrillStarted' }),
  );

  it('is ended once', () => {
    const drop: Order = { type: 'UpdateTrainee', abandonDrill: true };
    stopped.when(drop).when(drop).then();
  });

  it('goes on with its repeats', () => {
    const repeats = [
      { drill: 'handwashing', prompt: 'how-long' },
      { drill: 'handwashing', prompt: 'with-what' },
    ];
    given(registered)
      .when({ type: 'StartDrill', drill: 'branching', reason: 'scheduled', repeats }, 'b', stop)
      .when(soon)
      .seeing(
        { type: 'TraineeOptedIn' },
        {
          type: 'DrillStarted',
          drill: 'branching',
          goesOn: { right: 0, graded: 0 },
          repeat: { drill: 'handwashing', prompt: 'with-what' },
          prompt: { slug: 'with-what' },
        },
      )
      .when('a')
      .then({ type: 'PromptCompleted', repeat: {} }, { type: 'PromptAdvanced', prompt: { slug: 'fork' } });
  });

  it('that was repeats alone goes on with those alone', () =>
    given(registered)
      .when(
        {
          type: 'RepeatPrompts',
          runId: 'mine',
          expects: { runId: null },
          repeats: [{ drill: 'handwashing', prompt: 'how-long' }],
          occurrence: 'today',
        },
        stop,
      )
      .when(soon)
      .then({ type: 'TraineeOptedIn' }, { type: 'DrillStarted', repeat: {}, repeatsOnly: true }));

  it('does not hold back the drill of who stopped outside of one', () => {
    const [batch] = given(registered, optedOut).when('START').batches;
    expect(batch?.events).toMatchObject([{ type: 'TraineeOptedIn' }, { type: 'NextDrillRequested' }]);
    expect(batch?.events[0]).not.toHaveProperty('cutOff');
  });

  it('goes on as long as the deployment says', () =>
    inWorld({ ...fixtures, goesOnHours: 2 }, registered, started)
      .when(stop)
      .when(back('2026-02-28T22:00:00.000Z'))
      .then({ type: 'TraineeOptedIn', cutOff: 'anew' }, { type: 'NextDrillRequested' }));
});
