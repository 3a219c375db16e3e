import { drillRevisionSchema } from '@stopcovid/contracts';
import {
  branching,
  fixtures,
  given,
  inWorld,
  intake,
  onePrompt,
  registered,
  spanish,
  started,
  startedDrill,
} from './dialog.testkit';

describe('a graded question', () => {
  it('answered rightly is completed, and the next one is asked', () =>
    given(registered, started)
      .when(' b ')
      .then(
        { type: 'PromptCompleted', prompt: 'how-long', response: ' b ', correct: true, attempt: 1 },
        { type: 'PromptAdvanced', runId: 'run-0', prompt: { slug: 'with-what', position: 2, of: 4 } },
      ));
  it('answered wrongly may be tried again', () =>
    given(registered, started)
      .when('a')
      .then({ type: 'PromptFailed', response: 'a', attempt: 1, abandoned: false }));
  it('answered wrongly for the last time is abandoned, the answer revealed, and the drill goes on', () =>
    given(registered, started)
      .when('a', 'a')
      .then(
        { type: 'PromptFailed', attempt: 1, abandoned: false },
        { type: 'PromptFailed', attempt: 2, abandoned: true, correctAnswer: 'b) for 20 seconds' },
        { type: 'PromptAdvanced', prompt: { slug: 'with-what' } },
      ));
  it('with one attempt is abandoned at once', () =>
    given(registered, started)
      .when('b')
      .when('b')
      .then(
        { type: 'PromptFailed', attempt: 1, abandoned: true },
        { type: 'PromptAdvanced', prompt: { slug: 'why' } },
      ));
  it('with three attempts counts to three, and forgets the failures of the one before', () =>
    given(registered, started)
      .when('a', 'b', 'a')
      .when('a', 'a', 'b')
      .then(
        { type: 'PromptFailed', prompt: 'why', attempt: 1 },
        { type: 'PromptFailed', prompt: 'why', attempt: 2 },
        { type: 'PromptCompleted', prompt: 'why', attempt: 3, correct: true },
        { type: 'PromptAdvanced' },
        { type: 'DrillCompleted' },
      ));
  it.each(['', '   ', '\n'])('answered with nothing (%j) is unclear, with no response', (text) =>
    given(registered, started).when(text).then({ type: 'ReplyUnclear', response: null, why: 'nothing' }),
  );
  it.each(['?', '…!', '🙂'])('answered with %s is unclear', (text) =>
    given(registered, started).when(text).then({ type: 'ReplyUnclear', response: text }),
  );
});

describe('the end of a drill', () => {
  it('comes with its last prompt, which waits for nobody', () =>
    given(registered, started)
      .when('b', 'a')
      .when('b')
      .then(
        { type: 'PromptCompleted', correct: true },
        { type: 'PromptAdvanced', prompt: { slug: 'bye' } },
        {
          type: 'DrillCompleted',
          runId: 'run-0',
          drill: 'handwashing',
          right: 3,
          graded: 3,
          autoContinue: false,
        },
      ));
  it('says that it was the last one of the course, if it began as that', () =>
    given(registered)
      .when({ type: 'StartDrill', drill: 'handwashing', reason: 'scheduled', last: true }, 'b', 'a')
      .when('b')
      .then(
        { type: 'PromptCompleted' },
        { type: 'PromptAdvanced' },
        { type: 'DrillCompleted', right: 3, last: true },
      ));
  it('counts what was right of what was graded', () =>
    given(registered, started)
      .when('a', 'b', 'b')
      .when('b')
      .then(
        { type: 'PromptCompleted' },
        { type: 'PromptAdvanced' },
        { type: 'DrillCompleted', right: 2, graded: 3 },
      ));
  it('of one prompt comes with the reply to it', () =>
    given(registered)
      .when({ type: 'StartDrill', drill: 'one-prompt', reason: 'operator' })
      .seeing({ type: 'DrillStarted', drill: 'one-prompt' })
      .when('ok')
      .then({ type: 'PromptCompleted', response: 'ok' }, { type: 'DrillCompleted', right: 0, graded: 0 }));
  it('says when the next drill is to follow at once', () =>
    given(registered, startedDrill(intake))
      .when('en', 'Ana')
      .when('cook')
      .then(
        { type: 'PromptCompleted' },
        { type: 'PromptAdvanced' },
        { type: 'DrillCompleted', autoContinue: true },
      ));
  it('says when nothing is to be added to it', () => {
    const quiet = drillRevisionSchema.parse({
      hash: '2'.repeat(64),
      content: { ...onePrompt.content, ending: 'quiet' },
    });
    const world = { ...fixtures, drills: [quiet] };
    inWorld(world, registered, startedDrill(quiet))
      .when('ok')
      .then({ type: 'PromptCompleted' }, { type: 'DrillCompleted', quiet: true });
  });
  it('leaves no question: what comes after is heard as anything else', () =>
    given(registered, startedDrill(onePrompt))
      .when('ok', 'more')
      .then({ type: 'PromptCompleted' }, { type: 'DrillCompleted' }, { type: 'NextDrillRequested' }));
});

describe('branches', () => {
  const fork = given(registered, startedDrill(branching));
  it('follow the right answer, to a prompt that ends the drill', () =>
    fork
      .when('a')
      .then(
        { type: 'PromptCompleted', option: 'a' },
        { type: 'PromptAdvanced', prompt: { slug: 'treasure' } },
        { type: 'DrillCompleted', right: 1, graded: 1 },
      ));
  it('follow the wrong one, and what was merely answered', () =>
    fork
      .when('b')
      .seeing(
        { type: 'PromptFailed', abandoned: true },
        { type: 'PromptAdvanced', prompt: { slug: 'swamp' } },
      )
      .when('no')
      .then(
        { type: 'PromptCompleted' },
        { type: 'PromptAdvanced', prompt: { slug: 'bye' } },
        { type: 'DrillCompleted' },
      ));
  it('follow what was merely answered where a number was asked for, also when it is given up', () => {
    const say = (slug: string) => ({ slug, messages: [{ text: { en: slug } }] });
    const count = { ...say('count'), store: { field: 'teamSize', type: 'number' }, maxAttempts: 1 };
    const revision = drillRevisionSchema.parse({
      hash: 'f'.repeat(64),
      content: {
        slug: 'counting',
        title: { en: 'Counting' },
        languages: ['en'],
        prompts: [{ ...count, next: { answered: 'bye' } }, say('skipped'), say('bye')],
      },
    });
    inWorld({ drills: [revision], codes: {} }, registered, startedDrill(revision))
      .when('a few')
      .seeing({ type: 'ReplyUnclear', rule: 'NotANumber', count: 1, asks: { wants: 'number' } })
      .when('some')
      .seeing({ type: 'ReplyUnclear', count: 2 })
      .when('several')
      .then(
        { type: 'PromptFailed', rule: 'NotANumber', abandoned: true, graded: false },
        { type: 'PromptAdvanced', prompt: { slug: 'bye' } },
        { type: 'DrillCompleted', right: 0, graded: 0 },
      );
  });
  it('follow the option before the outcome', () =>
    fork.when('c').then({ type: 'PromptFailed', option: 'c' }, { type: 'DrillCompleted' }));
});

describe('a stored answer', () => {
  it.each(['Español', 'espan\u0303ol', 'Spanish', 'es', 'ESP'])(
    'of %s changes the language of what follows',
    (text) =>
      given(registered, startedDrill(intake))
        .when(text)
        .then(
          { type: 'PromptCompleted', response: text, stored: { field: 'language', value: 'es' } },
          { type: 'PromptAdvanced', prompt: { language: 'es', messages: [{ text: '¿Su nombre?' }] } },
        ),
  );
  it('of an unknown language is English', () =>
    given(registered, spanish, startedDrill(intake))
      .when('Klingon')
      .then(
        { type: 'PromptCompleted', stored: { value: 'en' } },
        { type: 'PromptAdvanced', prompt: { language: 'en' } },
      ));
  it('of a language that the drill lacks is kept, and the drill speaks its own', () => {
    const talk = given(registered, startedDrill(intake))
      .when('français')
      .seeing(
        { type: 'PromptCompleted', stored: { value: 'fr' } },
        { type: 'PromptAdvanced', prompt: { language: 'en' } },
      );
    expect(talk.state.trainee.profile.language).toBe('fr');
  });
  it('is trimmed, while the response stays as typed', () => {
    const talk = given(registered, startedDrill(intake))
      .when('en', '  Ana ')
      .seeing(
        { type: 'PromptCompleted' },
        { type: 'PromptAdvanced' },
        { type: 'PromptCompleted', response: '  Ana ', stored: { field: 'name', value: 'Ana' } },
        { type: 'PromptAdvanced' },
      );
    expect(talk.state.trainee.profile.name).toBe('Ana');
  });
  it('cannot reach a field of ours, whatever its field is called', () => {
    const { trainee } = given(registered, startedDrill(intake)).when('en', 'Ana', 'true').state;
    expect(trainee).toMatchObject({ optedOut: false, profile: { answers: { optedOut: 'true' } } });
  });
  it('of nothing stores nothing', () => {
    const { state } = given(registered, startedDrill(intake)).when('en', '');
    expect(state.trainee.profile).not.toHaveProperty('name');
  });
  it('shows in the batch’s trainee, who is the one after it', () => {
    const { batches } = given(registered, startedDrill(intake)).when('es');
    expect(batches[0]?.trainee.profile.language).toBe('es');
  });
});
