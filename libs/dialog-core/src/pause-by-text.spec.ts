import { given, optedOut, registered, started } from './dialog.testkit';

const paused = { type: 'SchedulePaused', reason: 'text' } as const;

describe('a text that asks for a pause', () => {
  it.each(['PAUSE', 'pausa', 'Pausar.', 'suspendre', 'ផ្អាក'])('%s is on record as it was typed', (word) =>
    given(registered).when(word).then({ type: 'SchedulePaused', reason: 'text', word }),
  );
  it('answers no question, which stays open', () => {
    const asked = given(registered, started).when('PAUSE');
    asked.then(paused);
    asked.when('b').then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced' });
  });
  it('is answered again when it comes again', () => given(registered, paused).when('PAUSE').then(paused));
  it('is nothing from a stranger, or from who opted out', () => {
    given().when('PAUSE').then({ type: 'TextNotUnderstood' });
    given(registered, optedOut).when('PAUSE').then();
  });
  it('outlives what only a longer text says', () =>
    given(registered).when('pause for a while').then({ type: 'TextNotUnderstood' }));
});

describe('a text that ends a pause', () => {
  it.each(['RESUME', 'reanudar', 'reprendre', 'បន្ត'])('%s does just that', (word) => {
    const back = given(registered, paused).when(word);
    back.then({ type: 'ScheduleResumed', source: 'text', word });
    expect(back.state.trainee).not.toHaveProperty('schedulePaused');
  });
  it('may ask for a drill as well', () =>
    given(registered, paused)
      .when('START')
      .then({ type: 'ScheduleResumed', word: 'START' }, { type: 'DrillRequested', word: 'START' }));
  it.each(['RESUME', 'START'])('%s puts an open question again, and costs no attempt', (word) =>
    given(registered, started, paused)
      .when(word)
      .then({ type: 'ScheduleResumed', word, prompt: { slug: 'how-long' } }),
  );
  it.each([
    ['yes', 'ReplyUnclear'],
    ['next', 'DrillDeferred'],
  ] as const)('is not "%s", which is about the open question', (word, type) =>
    given(registered, started, paused).when(word).then({ type }),
  );
  it('is answered also where there was no pause, for who is not sure', () =>
    given(registered).when('RESUME').then({ type: 'ScheduleResumed', source: 'text' }));
  it('gives consent back from who opted out', () =>
    given(registered, paused, optedOut)
      .when('RESUME')
      .then({ type: 'TraineeOptedIn' }, { type: 'NextDrillRequested' }));
});
