import {
  branching,
  fixtures,
  given,
  handwashing,
  inWorld,
  intake,
  onePrompt,
  registered,
} from './dialog.testkit';

const howLong = { drill: 'handwashing', prompt: 'how-long' };
const fork = { drill: 'branching', prompt: 'fork' };
const start = {
  type: 'StartDrill',
  drill: 'intake',
  runId: 'mine',
  reason: 'scheduled',
  repeats: [{ ...howLong, revision: handwashing.hash }, fork],
} as const;
const begun = given(registered).when(start);

describe('a drill with repeats', () => {
  it('begins with the first of them, and says which there are, each at its revision', () =>
    begun.then({
      type: 'DrillStarted',
      drill: 'intake',
      revision: intake.hash,
      prompt: { slug: 'how-long', messages: [{ text: 'How long? {{options}}' }] },
      repeat: howLong,
      repeats: [
        { ...howLong, revision: handwashing.hash },
        { ...fork, revision: branching.hash },
      ],
    }));

  it('asks one after the other, whatever their own drill does then, and goes on with its own prompts', () => {
    const second = begun.when('b');
    second.then(
      { type: 'PromptCompleted', drill: 'intake', prompt: 'how-long', correct: true, repeat: howLong },
      { type: 'PromptAdvanced', drill: 'intake', prompt: { slug: 'fork' }, repeat: fork },
    );
    const own = second.when('c');
    own.then(
      { type: 'PromptFailed', prompt: 'fork', abandoned: true, option: 'c', repeat: fork },
      { type: 'PromptAdvanced', drill: 'intake', prompt: { slug: 'language', position: 1 } },
    );
    expect(own.batches.at(-1)?.events[1]).not.toHaveProperty('repeat');
    expect(own.state.conversation).not.toHaveProperty('run.repeats');
  });

  it('gives them as many attempts as ever, and leaves them out of its score', () => {
    const wrong = begun.when('a');
    wrong.then({ type: 'PromptFailed', abandoned: false, repeat: howLong });
    const all = wrong.when('a', 'a', 'English', 'Ana', 'cook');
    expect(all.batches.at(-1)?.events.at(-1)).toMatchObject({ type: 'DrillCompleted', right: 0, graded: 0 });
  });

  it('puts the right one again after a keyword and in a reminder', () => {
    begun.when('HELP').then({ type: 'HelpRequested', prompt: { slug: 'how-long' } });
    begun
      .when({ type: 'RemindTrainee', runId: 'mine', prompt: 'how-long' })
      .then({ type: 'TraineeReminded', prompt: { slug: 'how-long' }, repeat: howLong });
  });

  it('waits for a reply to its only prompt, as it would without', () => {
    const only = given(registered).when({ ...start, drill: 'one-prompt', repeats: [howLong] });
    only
      .when('b')
      .then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced', prompt: { slug: 'read-this' } });
    expect(only.when('b').state.conversation).toMatchObject({
      status: 'AwaitingReply',
      run: { revision: onePrompt.hash },
    });
  });
});

describe('a repeat is left out', () => {
  it.each([
    ['whose drill is gone', { drill: 'juggling', prompt: 'how-long' }],
    ['whose revision is gone', { ...howLong, revision: '9'.repeat(64) }],
    ['whose question is gone', { ...howLong, prompt: 'how-often' }],
    ['that has no right answer', { drill: 'intake', prompt: 'name' }],
  ])('%s', (_what, gone) => {
    const without = given(registered).when({ ...start, repeats: [gone] });
    without.then({ type: 'DrillStarted', prompt: { slug: 'language' } });
    expect(without.batches[0]?.events[0]).not.toHaveProperty('repeats');
    given(registered)
      .when({ ...start, repeats: [gone, fork] })
      .then({ type: 'DrillStarted', prompt: { slug: 'fork' }, repeats: [{ ...fork }] });
  });

  it('also when its drill is gone before its turn', () => {
    const [batch] = begun.batches;
    const [event] = batch?.events ?? [];
    if (event?.type !== 'DrillStarted') throw new Error('nothing began');
    inWorld({ ...fixtures, drills: [handwashing, intake] }, registered, event)
      .when('b')
      .then(
        { type: 'PromptCompleted', repeat: howLong },
        { type: 'PromptAdvanced', prompt: { slug: 'language' } },
      );
  });
});

describe('repeats alone', () => {
  const alone = {
    type: 'RepeatPrompts',
    runId: 'mine',
    expects: { runId: null },
    repeats: [{ ...howLong, revision: handwashing.hash }, fork],
    occurrence: 'today',
  } as const;
  const began = given(registered).when(alone);

  it('run under the name of the drill that the first of them is of', () =>
    began.then({
      type: 'DrillStarted',
      runId: 'mine',
      drill: 'handwashing',
      revision: handwashing.hash,
      reason: 'scheduled',
      prompt: { slug: 'how-long' },
      repeat: howLong,
      repeats: [
        { ...howLong, revision: handwashing.hash },
        { ...fork, revision: branching.hash },
      ],
      repeatsOnly: true,
      occurrence: 'today',
    }));

  it('end with the last of them, without a score, and nothing of their drills follows', () => {
    const second = began.when('b');
    second.then({ type: 'PromptCompleted', correct: true }, { type: 'PromptAdvanced', repeat: fork });
    const done = second.when('c');
    done.then(
      { type: 'PromptFailed', abandoned: true, repeat: fork },
      {
        type: 'DrillCompleted',
        runId: 'mine',
        drill: 'handwashing',
        right: 0,
        graded: 0,
        autoContinue: false,
        repeatsOnly: true,
      },
    );
    expect(done.state.conversation).toEqual({ status: 'Idle' });
  });

  it('are still alone after they were asked again, reminded of and abandoned', () => {
    const open = began.when('a').when({ type: 'RemindTrainee', runId: 'mine', prompt: 'how-long' });
    open.then({ type: 'TraineeReminded', repeat: howLong });
    open
      .when('STOP')
      .then({ type: 'TraineeOptedOut' }, { type: 'DrillAbandoned', runId: 'mine', repeatsOnly: true });
  });

  it('begin once, however often they are ordered', () => began.when(alone).then());

  it('never begin where none is left, nor for who opted out', () => {
    given(registered)
      .when({ ...alone, repeats: [{ drill: 'juggling', prompt: 'how-long' }] })
      .then();
    given(registered)
      .when('STOP')
      .when(alone)
      .then({ type: 'DrillPostponed', drill: 'handwashing', reason: 'optedOut', runId: 'mine' });
  });

  it('wait for the budget and the queue, as a scheduled drill does', () => {
    const postponed = (reason: string) => ({ type: 'DrillPostponed', drill: 'handwashing', reason }) as const;
    inWorld({ ...fixtures, heldBack: { budgetSpent: true } }, registered)
      .when(alone)
      .then(postponed('budget'));
    inWorld({ ...fixtures, heldBack: { congested: true } }, registered)
      .when(alone)
      .then(postponed('congestion'));
  });

  it('never cut off a run that goes on', () =>
    begun
      .when({ ...alone, runId: 'other' })
      .then({ type: 'DrillPostponed', drill: 'handwashing', reason: 'busy', occurrence: 'today' }));
});
