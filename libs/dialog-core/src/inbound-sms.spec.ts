import {
  demoRegistered,
  employer,
  fixtures,
  given,
  howMuch,
  inWorld,
  intake,
  optedOut,
  registered,
  spanish,
  started,
  startedDrill,
  unemployed,
} from './dialog.testkit';

const firstQuestion = { slug: 'how-long', language: 'en', position: 1, of: 4 };

describe('consent', () => {
  it.each(['STOP', 'stop!', 'Unsubscribe', 'CANCEL', 'ALTO', 'ARRÊT', 'opt out'])(
    'is withdrawn by %s, and the drill ends with it',
    (word) =>
      given(registered, started).when(` ${word} `).then(
        { type: 'TraineeOptedOut', source: 'text', word },
        {
          type: 'DrillAbandoned',
          runId: 'run-0',
          drill: 'handwashing',
          prompt: 'how-long',
          reason: 'optedOut',
        },
      ),
  );
  it('is withdrawn without a drill too', () =>
    given(registered).when('stop').then({ type: 'TraineeOptedOut' }));
  it('is withdrawn by who never registered', () => given().when('STOP').then({ type: 'TraineeOptedOut' }));
  it('withdrawn twice is withdrawn once', () => given(registered, optedOut).when('STOP').then());
  it('is not withdrawn by a stop among other words', () =>
    given(registered).when('STOP 12345').then({ type: 'TextNotUnderstood', text: 'STOP 12345' }));

  it.each(['START', 'yes', 'UNSTOP', 'go', 'Resume', 'sí', 'comenzar', 'OUI'])(
    'is given back by %s',
    (word) =>
      given(registered, optedOut)
        .when(word)
        .then({ type: 'TraineeOptedIn', source: 'text', word }, { type: 'NextDrillRequested', word }),
  );
  it('given back by somebody unregistered asks for no drill', () =>
    given(optedOut).when('START').then({ type: 'TraineeOptedIn' }));
  it('given back twice asks for a drill the second time', () =>
    given(registered, optedOut).when('start').when('start').then({ type: 'DrillRequested' }));

  it.each(['MENU', 'INFO', 'HELP', 'SUPPORT', 'ACME', 'b', 'MORE', 'english', 'thanks', 'demo', 'hello', ''])(
    'is given back by an opt-in word alone: %s is not heard',
    (text) => given(registered, optedOut).when(text).then(),
  );
  it('takes the words from before it, so that nothing is open until they opt in', () => {
    const { state } = given(registered, started).when('STOP', 'b');
    expect(state).toMatchObject({ conversation: { status: 'Idle' }, trainee: { optedOut: true } });
  });
});

describe('a text that plainly asks us to stop', () => {
  const plea = 'please stop texting me';
  it('is asked back, once, and the drill goes on', () => {
    const asked = given(registered, started).when(plea).seeing({ type: 'OptOutQuestioned', text: plea });
    expect(asked.state.conversation.status).toBe('AwaitingReply');
  });
  it.each(['yes', 'Sí', plea, 'no me escriban más'])('is confirmed by %s', (text) =>
    given(registered)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned' })
      .when(text)
      .then({ type: 'TraineeOptedOut', source: 'text', word: text, detail: 'confirmed', messageId: 'c2' }),
  );
  it.each([plea, 'yes'])('is confirmed by %s while a drill waits for an answer too', (text) =>
    given(registered, started)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned' })
      .when(text)
      .then({ type: 'TraineeOptedOut' }, { type: 'DrillAbandoned', reason: 'optedOut' }),
  );
  it('is forgotten when a drill starts: what comes then is its answer', () =>
    given(registered)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned' })
      .when({ type: 'StartDrill', drill: 'handwashing', reason: 'scheduled' })
      .seeing({ type: 'DrillStarted' })
      .when('yes')
      .then({ type: 'ReplyUnclear' }));
  it('is confirmed by STOP as ever', () =>
    given(registered)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned' })
      .when('STOP')
      .then({ type: 'TraineeOptedOut', word: 'STOP' }));
  it('is forgotten after anything else, which is heard as ever', () =>
    given(registered, started)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned' })
      .when('b')
      .seeing({ type: 'OptOutDeclined' }, { type: 'PromptCompleted' }, { type: 'PromptAdvanced' })
      .when('yes')
      .then({ type: 'ReplyUnclear' }));
  it('waits on when a phone reacts by itself to our question', () =>
    given(registered)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned' })
      .when('Liked “Should we stop texting you?”')
      .seeing({ type: 'TextNotUnderstood', rule: 'MachineText' })
      .when('yes')
      .then({ type: 'TraineeOptedOut' }));
  it('is not heard from who opted out', () => given(registered, optedOut).when(plea).then());
});

describe('consent that the carrier has heard of', () => {
  const from = (text: string, optOutType: string) => ({ type: 'ReceiveSms', text, optOutType }) as const;
  it('is withdrawn without a second confirmation', () =>
    given(registered).when(from('BASTA', 'STOP')).then({
      type: 'TraineeOptedOut',
      source: 'carrier',
      word: 'BASTA',
      detail: 'OptOutType',
      messageId: 'c1',
    }));
  it('is given back by the trainee’s own word', () =>
    given(registered, optedOut)
      .when(from('START', 'START'))
      .then(
        { type: 'TraineeOptedIn', confirmedBy: 'carrier', word: 'START' },
        { type: 'NextDrillRequested' },
      ));
  it('is not asked about twice: help was given', () => given(registered).when(from('HELP', 'HELP')).then());
});

describe('where a trainee is answered', () => {
  const over = (text: string, more: object) => ({ type: 'ReceiveSms', text, ...more }) as const;
  it('follows the last text, and says so before anything else', () => {
    const there = given(registered)
      .when(over('HELP', { channel: 'whatsapp', address: '+5215512345678' }))
      .seeing({ type: 'ChannelChanged', channel: 'whatsapp' }, { type: 'HelpRequested' });
    expect(there.state.trainee).toMatchObject({ channel: 'whatsapp', address: '+5215512345678' });
    const same = there.when(over('HELP', { channel: 'whatsapp', address: '+5215512345678' }));
    same.then({ type: 'HelpRequested' });
    const back = same
      .when('HELP')
      .seeing({ type: 'ChannelChanged', channel: 'sms' }, { type: 'HelpRequested' });
    expect(back.state.trainee.address).toBeUndefined();
  });
  it('is SMS unless told otherwise', () => given(registered).when('HELP').then({ type: 'HelpRequested' }));
});

describe('keywords that answer and ask the open question again', () => {
  it.each([
    ['HELP', 'HelpRequested'],
    ['menú', 'MenuRequested'],
    ['MENU', 'MenuRequested'],
    ['ayuda', 'SupportRequested'],
    ['support', 'SupportRequested'],
    ['info', 'InfoRequested'],
    ['tablero', 'InfoRequested'],
  ] as const)('%s during a drill', (word, type) =>
    given(registered, started).when(word).then({ type, prompt: firstQuestion }),
  );

  it.each([
    ['HELP', 'HelpRequested'],
    ['MENU', 'MenuRequested'],
    ['SUPPORT', 'SupportRequested'],
    ['INFO', 'InfoRequested'],
  ] as const)('%s without one asks nothing', (word, type) => {
    const talk = given(registered).when(word).seeing({ type });
    expect(talk.batches[0]?.events[0]).not.toHaveProperty('prompt');
  });

  it('ask in the language that the trainee has now', () =>
    given(registered, started, spanish)
      .when('menu')
      .then({
        type: 'MenuRequested',
        prompt: { language: 'es', messages: [{ text: '¿Cuánto tiempo? {{options}}' }] },
      }));

  it('leave the question open', () =>
    given(registered, started)
      .when('menu', 'info', 'b')
      .then(
        { type: 'MenuRequested' },
        { type: 'InfoRequested' },
        { type: 'PromptCompleted', correct: true, attempt: 1 },
        { type: 'PromptAdvanced' },
      ));

  it('work for who never registered', () => given().when('menu').then({ type: 'MenuRequested' }));
});

describe('words during an open question', () => {
  it.each([
    'go',
    'next',
    'start',
    'more',
    'name',
    'language',
    'schedule',
    'english',
    'thanks',
    'yes',
    'ACME',
  ])('%s is the answer', (text) =>
    given(registered, startedDrill(intake))
      .when(text)
      .then({ type: 'PromptCompleted', response: text }, { type: 'PromptAdvanced' }),
  );
  it.each([
    ['MORE', {}],
    ['más', {}],
    ['next', {}],
    ['horario', { drill: 'change-schedule' }],
    ['name', { drill: 'change-name' }],
  ])('%s is no answer to a question with answers of its own: that comes first', (word, named) =>
    given(registered, started)
      .when(word, word, word)
      .then(
        ...[1, 2, 3].map(
          () => ({ type: 'DrillDeferred', word, ...named, prompt: { slug: 'how-long' } }) as const,
        ),
      ),
  );
  it('is the answer where it is one of the options', () =>
    given(registered, startedDrill(howMuch))
      .when('More!')
      .then({ type: 'PromptCompleted', correct: true }, { type: 'DrillCompleted' }));
  it('demo is still a request for a demo', () =>
    given(registered, started).when('Demo').then({ type: 'DemoRequested', word: 'Demo' }));
});

describe('asking for a drill', () => {
  it.each(['go', 'next', 'vamos', 'start', 'comienzo', 'aller', 'début', 'debut', 'siguiente'])(
    '%s asks',
    (word) => given(registered).when(word).then({ type: 'DrillRequested', word }),
  );
  it.each([
    ['english', 'english-lesson'],
    ['ESL', 'english-lesson'],
    ['horario', 'change-schedule'],
    ['nombre', 'change-name'],
    ['idioma', 'change-language'],
  ])('%s asks for %s by name', (word, drill) =>
    given(registered).when(word).then({ type: 'DrillRequested', word, drill }),
  );
  it.each(['MORE', 'mas', 'MÁS', 'more.'])('%s asks for the next one', (word) =>
    given(registered).when(word).then({ type: 'NextDrillRequested', word }),
  );
  it.each(['english', 'more'])('%s abandons a run that damage left between prompts', (word) =>
    given(registered, started, {
      type: 'PromptCompleted',
      runId: 'run-0',
      drill: 'handwashing',
      prompt: 'how-long',
      response: 'b',
      rule: 'Marker',
      attempt: 1,
      correct: true,
    })
      .when(word)
      .then(
        { type: 'DrillAbandoned', reason: 'keyword' },
        { type: word === 'more' ? 'NextDrillRequested' : 'DrillRequested' },
      ),
  );
});

describe('everything else', () => {
  it.each(['thanks', 'Thank you so much!', '¡Gracias!', 'merci beaucoup', 'សូមអរគុណ'])('%s is thanks', (text) =>
    given(registered).when(text).then({ type: 'ThanksReceived', text }),
  );
  it('thanks nobody inside other words', () =>
    given(registered).when('Happy Thanksgiving').then({ type: 'TextNotUnderstood' }));
  it('is not understood, and kept as typed', () =>
    given(registered)
      .when('  Who IS this?\u0000 ')
      .then({ type: 'TextNotUnderstood', text: '  Who IS this?\u0000 ' }));
  it('counts the pictures of a text that was not understood', () =>
    given(registered)
      .when({ type: 'ReceiveSms', text: '', media: 2 })
      .then({ type: 'TextNotUnderstood', text: '', media: 2 }));
  it('hears a picture without words as no answer, and leaves the question open', () => {
    const picture = { type: 'ReceiveSms', text: ' ', media: 1 } as const;
    const after = given(registered, started).when(picture).seeing({ type: 'TextNotUnderstood', media: 1 });
    expect(after.state.conversation).toMatchObject({ status: 'AwaitingReply', failures: 0 });
  });
  it('reads the words beside a picture', () =>
    given(registered, started)
      .when({ type: 'ReceiveSms', text: 'b', media: 1 })
      .then({ type: 'PromptCompleted' }, { type: 'PromptAdvanced' }));
  it('is recorded even when nothing comes of it', () => {
    const { batches } = given(registered, optedOut).when('hello');
    expect(batches).toMatchObject([
      { version: 1, commandType: 'ReceiveSms', events: [], trainee: { optedOut: true } },
    ]);
  });
});

describe('registering by text', () => {
  it('joins with a good code, however it is typed', () =>
    given()
      .when(' “acme”. ')
      .then({
        type: 'TraineeRegistered',
        code: 'ACME',
        demo: false,
        source: 'text',
        account: { employerId: 'acme' },
      }));
  it('says when a code is unknown', () =>
    given().when('wrong1').then({ type: 'RegistrationRefused', code: 'WRONG1', source: 'text' }));
  it('says when nobody could check the code', () =>
    given().when('down').then({ type: 'RegistrationUnavailable', code: 'DOWN', source: 'text' }));
  it('makes no code of several words', () =>
    given().when('hello there').then({ type: 'TextNotUnderstood', text: 'hello there' }));
  it('makes no code of thanks', () => given().when('Thanks!').then({ type: 'ThanksReceived' }));
  it('is over once an employer is known: another code is just words', () =>
    given(registered).when('SHOW').then({ type: 'TextNotUnderstood' }));
  it('never takes a keyword for a code, even if somebody issued it', () => {
    const codes = { ENGLISH: { status: 'Valid', demo: false, account: employer } } as const;
    inWorld({ ...fixtures, codes })
      .when('english')
      .then({ type: 'TextNotUnderstood' });
  });
  it.each(['start', 'go', 'more', 'english', 'name'])('gives an unknown phone no drill for %s', (word) =>
    given().when(word).then({ type: 'TextNotUnderstood', text: word }),
  );
  it('is over, too, for an employer of whom only the name is known', () =>
    given({ ...registered, account: { employerName: 'Acme' } })
      .when('acme')
      .then({ type: 'TextNotUnderstood' }));
  it('lets people without an employer try again', () =>
    given(unemployed).when('acme').then({ type: 'TraineeRegistered', code: 'ACME' }));
  it.each(['wrong1', 'down'])('does not tell them off for other words: %s', (text) =>
    given(unemployed).when(text).then({ type: 'TextNotUnderstood', text }),
  );
  it('lets demo people register again at any time, ending the drill they are in', () =>
    given(demoRegistered, started)
      .when('acme')
      .then({ type: 'DrillAbandoned', reason: 'registered' }, { type: 'TraineeRegistered', demo: false }));
  it('takes a demo person’s other words for the answer', () =>
    given(demoRegistered, started).when('wrong1').then({ type: 'ReplyUnclear', response: 'wrong1' }));
  it('takes nobody else’s code during a question', () =>
    given(unemployed, started).when('acme').then({ type: 'ReplyUnclear', response: 'acme' }));
});
