import { optedOut, given, registered, started, unemployed, type Order } from './dialog.testkit';

const from = (phone: string, text: string): Order => ({ type: 'ReceiveSms', text, phone });
const mexico = '+525512345678';
const quebec = '+15145550143';
const peru = '+51912345678';
const readsAfter = (...orders: readonly Order[]): string =>
  given().when(...orders).state.trainee.profile.language;

describe('who is not registered is answered', () => {
  it.each([
    ['hola', 'es'],
    ['Hola!', 'es'],
    ['hola, me llamo Ann', 'es'],
    ['Buenos días', 'es'],
    ['ayuda', 'es'],
    ['IDIOMA', 'es'],
    ['¿que es esto?', 'es'],
    ['mañana', 'es'],
    ['ya no quiero que me escriban', 'es'],
    ['no me manden mensajes', 'es'],
    ['alto', 'es'],
    ['español', 'es'],
    ['bonjour', 'fr'],
    ['Bonsoir, je suis Ann', 'fr'],
    ['aide', 'fr'],
    ['français svp', 'fr'],
    ['je ne veux plus de vos textos', 'fr'],
    ['សួស្តី', 'km'],
    ['ជំនួយ', 'km'],
    ['ខ្ញុំចង់រៀន', 'km'],
  ])('in the language of %s', (text, language) => expect(readsAfter(text)).toBe(language));

  it.each([
    ...['hello', 'HELP', 'STOP', 'START', 'info', 'menu', 'demo', 'pause', 'yes', 'assistance'],
    ...['ACME', 'show', 'who is this?', 'I am Ann', 'José', '', '???', 'holanda', 'no', '12'],
    'Me gusta “hola”',
  ])('in English after %j, which is of no other language alone', (text) =>
    expect(readsAfter(text)).toBe('en'),
  );

  it('as their number suggests, where their first text says nothing', () => {
    for (const [phone, language] of [
      [mexico, 'es'],
      [peru, 'es'],
      ['+17875550143', 'es'],
      ['+33612345678', 'fr'],
      ['+22512345678', 'fr'],
      ['+85512345678', 'km'],
      ['+12025550143', 'en'],
      [quebec, 'en'],
      ['+447700900143', 'en'],
    ] as const)
      expect([phone, readsAfter(from(phone, '?'))]).toEqual([phone, language]);
  });

  it('in the language of their text before that of their number', () => {
    expect(readsAfter(from(mexico, 'bonjour'))).toBe('fr');
    expect(readsAfter(from(mexico, 'hello'), from(mexico, '?'))).toBe('en');
    expect(readsAfter(from(mexico, '?'), from(mexico, 'hello'), from(mexico, '?'))).toBe('en');
  });

  it('in the one that they spoke last, and what a carrier has everybody text changes none', () =>
    expect(readsAfter('hola', 'bonjour', 'HELP', 'ACME?')).toBe('fr'));

  it('in the language that an operator gave, whatever their number is', () =>
    expect(readsAfter({ type: 'UpdateTrainee', profile: { name: 'Ann' } }, from(mexico, '?'))).toBe('en'));
});

describe('the language that was learnt', () => {
  it('is on record, and stays with the registration', () =>
    given()
      .when('hola')
      .seeing(
        { type: 'TextNotUnderstood', text: 'hola' },
        { type: 'TraineeUpdated', profile: { language: 'es' } },
      )
      .when('ACME')
      .seeing({ type: 'TraineeRegistered' })
      .when({ type: 'StartDrill', drill: 'handwashing', reason: 'registered' })
      .then({ type: 'DrillStarted', prompt: { language: 'es' } }));

  it('is said once', () =>
    given().when('hola').seeing({ type: 'TextNotUnderstood' }, { type: 'TraineeUpdated' }).when('hola').then({
      type: 'TextNotUnderstood',
    }));

  it.each([
    ['is registered', given(registered)],
    ['has no employer yet', given(unemployed)],
    ['has an open question', given(started)],
  ])('is never that of who %s', (_who, talk) =>
    expect(talk.when('hola').state.trainee.profile.language).toBe('en'),
  );

  it('is not listened for from who opted out and gets no answer', () => given(optedOut).when('hola').then());

  it('is that of the answer to an opt-out', () =>
    given()
      .when('alto')
      .then({ type: 'TraineeOptedOut' }, { type: 'TraineeUpdated', profile: { language: 'es' } }));
});

describe('a greeting', () => {
  it.each(['hello', 'Hola', 'bonjour'])('%s is no wrong code', (text) => {
    const [event] = given().when(text).batches[0]?.events ?? [];
    expect(event).toMatchObject({ type: 'TextNotUnderstood', text });
  });
});
