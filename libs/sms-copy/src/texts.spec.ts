import { dialogEventSchema, eventTypes } from '@stopcovid/contracts';
import { copyLanguages, copyOf } from './copy';
import { segmentsOf } from './segments';
import { textsFor } from './texts';
import { batchOf, event, question, rosa, stranger } from './texts.testkit';
import type { CopyOptions } from './voice';

const bodies = (batch: ReturnType<typeof batchOf>, options: CopyOptions = {}): readonly string[] =>
  textsFor(batch, options).map(({ body }) => body);

const silent = [
  'OptOutDeclined',
  'ChannelChanged',
  'TraineeUpdated',
  'DrillAbandoned',
  'DrillPostponed',
  'NextDrillRequested',
  'DrillRequested',
  'TraineeErased',
];
const en = copyOf('en');
const asked =
  '2/5 Rosa, how long do you wash your hands at Casa Verde?\na) for 10 seconds\nb) for 20 seconds';

describe.each(copyLanguages)('in %s', (language) => {
  it.each(eventTypes)('%s is answered, or rightly passed over', (type) => {
    const said = bodies(batchOf(rosa({ language }), event(type)));
    expect(said.length > 0).toBe(!silent.includes(type));
    for (const body of said) expect(body).toMatch(/^(?!.*\{\{).{2,}/s);
  });

  it.each(eventTypes)('after an opt-out, %s is not answered unless it is the opt-out', (type) => {
    const said = textsFor(batchOf({ ...rosa({ language }), optedOut: true }, event(type)));
    expect(said.map(({ kind }) => kind)).toEqual(type === 'TraineeOptedOut' ? ['consent'] : []);
  });
});

describe('after an opt-in', () => {
  const begun = event('DrillStarted', { reason: 'optedIn', prompt: question });
  const optedIn = (cutOff?: string) => event('TraineeOptedIn', { confirmedBy: 'carrier', cutOff });

  it('who goes on where they stopped is told so, and asked', () => {
    const batch = batchOf(rosa(), optedIn('goesOn'), begun);
    expect(bodies(batch)).toEqual([en.goesOn, asked, 'Look!']);
    expect(new Set(textsFor(batch).map(({ kind }) => kind))).toEqual(new Set(['reply']));
  });
  it('who stopped too long ago is told so too', () =>
    expect(bodies(batchOf(rosa(), optedIn('anew')))).toEqual([en.anew]));
  it('who stopped outside of a drill is told of none', () =>
    expect(bodies(batchOf(rosa(), optedIn()))).toEqual([]));
});

describe('a pause', () => {
  it('says how to come back, and why it came where nobody asked for it', () => {
    expect(bodies(batchOf(rosa(), event('SchedulePaused', { reason: 'text' })))[0]).toContain('RESUME');
    const [unanswered] = textsFor(batchOf(rosa(), event('SchedulePaused', { reason: 'unanswered' })));
    expect(unanswered).toMatchObject({ kind: 'reminder', body: expect.stringMatching(/not heard.*RESUME/) });
  });
  it('by an operator is theirs to tell, and so is its end', () => {
    const byOperator = [
      event('SchedulePaused', { reason: 'operator' }),
      event('ScheduleResumed', { source: 'operator' }),
    ];
    expect(bodies(batchOf(rosa(), ...byOperator))).toEqual([]);
  });
  it('ends with a welcome, and the open question again', () =>
    expect(bodies(batchOf(rosa(), event('ScheduleResumed', { prompt: question })))).toEqual([
      en.resumed,
      asked,
    ]));
  it.each(copyLanguages.filter((language) => language !== 'km'))('costs one segment in %s', (language) => {
    for (const reason of ['text', 'unanswered'])
      for (const body of bodies(batchOf(rosa({ language }), event('SchedulePaused', { reason }))))
        expect(segmentsOf(body).segments).toBe(1);
  });
});

describe('a drill', () => {
  it('is asked with the name, the company, the options and the place in the drill filled in', () => {
    expect(bodies(batchOf(rosa(), event('PromptAdvanced')))).toEqual([asked, 'Look!']);
  });

  it('calls an unknown company "your company", in the language of the question, and leaves out an unknown name', () => {
    const trainee = { ...rosa({ name: undefined, language: 'es' }), account: {} };
    const [first] = bodies(batchOf(trainee, event('PromptAdvanced')));
    expect(first).toContain('2/5, how long do you wash your hands at your company?');
  });

  it('that ends quietly has its own last words', () =>
    expect(bodies(batchOf(rosa(), event('DrillCompleted', { quiet: true, last: true })))).toEqual([]));

  it('that begins with a question of an earlier one says so first, also before the next', () => {
    const repeat = { drill: 'hand-washing', prompt: 'how-long' };
    const batch = batchOf(rosa(), event('DrillStarted', { repeat }), event('PromptAdvanced', { repeat }));
    const said = `${en.onceMore}\n${asked}`;
    expect(bodies(batch)).toEqual([said, 'Look!', said, 'Look!']);
  });

  it('of repeats alone ends without a score, a lesson that is finished, or another', () => {
    const batch = batchOf(rosa(), event('DrillCompleted', { repeatsOnly: true, graded: 0, right: 0 }));
    expect(bodies(batch)).toEqual(['That is all for today. Well done!']);
  });

  it.each([
    ['scheduled', 'started'],
    ['operator', 'started'],
    ['registered', 'reply'],
    ['requested', 'reply'],
    ['continued', 'reply'],
  ])('started as %s is of the kind %s', (reason, kind) => {
    const kinds = textsFor(batchOf(rosa(), event('DrillStarted', { reason }))).map((text) => text.kind);
    expect(kinds).toEqual([kind, kind]);
  });

  it('praises, then asks on, then closes with the score and the way to more', () => {
    const batch = batchOf(rosa(), event('PromptCompleted'), event('PromptAdvanced'), event('DrillCompleted'));
    expect(bodies(batch)).toEqual([
      'Correct!',
      asked,
      'Look!',
      'You have finished this lesson. You got 2 of 3 right. Text MORE for the next one.',
    ]);
  });

  it.each([
    [
      'nothing was graded',
      { graded: 0, right: 0 },
      'You have finished this lesson. Text MORE for the next one.',
    ],
    [
      'the next one follows by itself',
      { autoContinue: true },
      'You have finished this lesson. You got 2 of 3 right.',
    ],
    [
      'there is none after it',
      { last: true },
      'You have finished this lesson. You got 2 of 3 right. You have done all the lessons there are for now. Thank you!',
    ],
  ])('closes otherwise when %s', (_when, changes, body) => {
    expect(bodies(batchOf(rosa(), event('DrillCompleted', changes)))).toEqual([body]);
  });

  it('says nothing to an answer that nobody grades', () => {
    expect(bodies(batchOf(rosa(), event('PromptCompleted', { correct: undefined })))).toEqual([]);
  });

  it('asks for another try, and after the last one reveals the answer', () => {
    const last = { abandoned: true, correctAnswer: 'b) for 20 seconds' };
    const batch = batchOf(rosa(), event('PromptFailed'), event('PromptFailed', last));
    expect(bodies(batch)).toEqual([en.tryAgain, 'The right answer is: b) for 20 seconds']);
    expect(bodies(batchOf(rosa(), event('PromptFailed', { abandoned: true })))).toEqual([en.moveOn]);
  });

  it('puts the options again with the other try, once they have left the screen', () =>
    expect(bodies(batchOf(rosa(), event('PromptFailed', { abandoned: false, again: question })))).toEqual([
      `${en.tryAgain}\na) for 10 seconds\nb) for 20 seconds`,
    ]));

  it('is cheered with the same emoji every time, if the deployment wants one', () => {
    const batch = batchOf(rosa(), event('PromptCompleted'));
    const [cheered] = bodies(batch, { emojis: true });
    expect(cheered).toMatch(/^\p{Emoji_Presentation} Correct!$/u);
    expect(bodies(batch, { emojis: true })).toEqual([cheered]);
    const other = batchOf(rosa(), event('PromptCompleted', { runId: 'run-2' }));
    expect(bodies(other, { emojis: true })).not.toEqual([cheered]);
  });

  it('reminds with the question alone, without the picture that led up to it', () => {
    const texts = textsFor(batchOf(rosa(), event('TraineeReminded')));
    expect(texts).toEqual([
      { body: "You're almost done! Here is the question again:", kind: 'reminder' },
      { body: asked, kind: 'reminder' },
    ]);
  });
});

describe('a name', () => {
  it('that looks like a template stays as it is', () => {
    const [first] = bodies(batchOf(rosa({ name: '{{7*7}} {{company}}' }), event('PromptAdvanced')));
    expect(first).toContain('2/5 {{7*7}} {{company}}, how long');
  });

  it('cannot break the line, hide a character or turn the writing around', () => {
    const [first] = bodies(batchOf(rosa({ name: 'Ro\u0000sa\n\u202eSTOP\ud83d' }), event('PromptAdvanced')));
    expect(first).toContain('2/5 Rosa STOP\ufffd, how long');
  });
});

describe('media', () => {
  const media = (path: string, options: CopyOptions): unknown => {
    const prompt = { ...question, messages: [{ media: path }] };
    return textsFor(batchOf(rosa(), event('PromptAdvanced', { prompt })), options);
  };
  const picture = (address: string): unknown => [{ body: '', media: address, kind: 'reply' }];

  it.each([
    ['a/b c.jpg', 'https://m.example.com/', 'https://m.example.com/a/b%20c.jpg'],
    ['/a.jpg', 'https://m.example.com/x', 'https://m.example.com/x/a.jpg'],
    ['https://other.example.com/a.jpg', 'https://m.example.com', 'https://other.example.com/a.jpg'],
  ])('%s below %s is %s', (path, mediaBaseUrl, address) => {
    expect(media(path, { mediaBaseUrl })).toEqual(picture(address));
  });

  it('with a relative path is left out where no address is configured, its words are not', () => {
    expect(media('a.jpg', {})).toEqual([]);
    expect(textsFor(batchOf(rosa(), event('PromptAdvanced')))[1]).toEqual({ body: 'Look!', kind: 'reply' });
  });
});

describe('consent', () => {
  it.each([
    ['by text', { source: 'text', word: 'stop' }, 1],
    ['by an operator', { source: 'operator', word: undefined }, 1],
    ['by the carrier, which knows', { source: 'carrier', word: undefined }, 0],
    ['by a word that the carrier answers itself', { source: 'text', word: 'UNSUBSCRIBE' }, 0],
  ])('ended %s is confirmed as it should be', (_how, changes, texts) => {
    const batch = batchOf(
      { ...rosa(), optedOut: true },
      event('DrillAbandoned'),
      event('TraineeOptedOut', changes),
    );
    expect(textsFor(batch, { carrierAnswers: new Set(['unsubscribe']) })).toHaveLength(texts);
  });

  it('confirmed by a second yes is answered with how to come back, as a word about consent', () => {
    const yes = event('TextNotUnderstood', { text: 'yes', afterOptOut: true });
    expect(textsFor(batchOf({ ...rosa(), optedOut: true }, yes))).toEqual([
      { body: expect.stringContaining('Text START'), kind: 'consent' },
    ]);
  });

  it('given again is confirmed, and a stranger is asked for the code', () => {
    expect(textsFor(batchOf(rosa(), event('TraineeOptedIn')))).toHaveLength(1);
    expect(bodies(batchOf(stranger, event('TraineeOptedIn')))[1]).toBe(en.askForCode);
    const carrierAnswers = new Set(['START']);
    expect(bodies(batchOf(stranger, event('TraineeOptedIn')), { carrierAnswers })).toEqual([en.askForCode]);
  });
});

describe('a word in the middle of a drill', () => {
  it('that asks for another one is put off, and the question put again', () =>
    expect(bodies(batchOf(rosa(), event('DrillDeferred', { prompt: question })))).toEqual([
      en.firstThis,
      asked,
    ]));

  it.each(['MenuRequested', 'SupportRequested', 'InfoRequested', 'HelpRequested'] as const)(
    'is answered by %s, and the question is put again',
    (type) => {
      const said = bodies(batchOf(rosa(), event(type, { prompt: question })));
      expect(said.slice(1)).toEqual([asked]);
    },
  );

  const carriers = dialogEventSchema.options.filter(
    ({ shape }) => 'prompt' in shape && shape.prompt.safeParse(question).success,
  );
  it.each(carriers.map(({ shape }) => shape.type.value))(
    'is never lost: %s puts the question it carries',
    (type) => expect(bodies(batchOf(rosa(), event(type, { prompt: question })))).toContain(asked),
  );

  it('that the carrier answers is not answered twice, but the question is put again', () => {
    const batch = batchOf(rosa(), event('HelpRequested', { prompt: question }));
    expect(bodies(batch, { carrierAnswers: new Set(['HELP']) })).toEqual([asked]);
  });
});

describe('a text that means nothing to us', () => {
  it.each([
    { who: 'a trainee', trainee: rosa(), media: 0, body: en.notUnderstood.replace('{{menu}}', 'MENU') },
    { who: 'a stranger', trainee: stranger, media: 0, body: en.askForCode },
    { who: 'a trainee, with a picture', trainee: rosa(), media: 1, body: en.textOnly },
    {
      who: 'a stranger, with a picture',
      trainee: stranger,
      media: 1,
      body: `${en.textOnly} ${en.askForCode}`,
    },
  ])('from $who is answered with what helps', ({ trainee, media, body }) => {
    expect(bodies(batchOf(trainee, event('TextNotUnderstood', { media })))).toEqual([body]);
  });
});

describe('a ruling that a reply was right', () => {
  const regraded = (changes: object) => textsFor(batchOf(rosa(), event('ReplyRegraded', { ...changes })));

  it('is told in the words that were texted, as what can wait for their hours', () =>
    expect(regraded({ response: 'Twenty\nsec' })).toEqual([
      { kind: 'message', body: 'We looked again at your answer "Twenty sec". It was right!' },
    ]));

  it('is told in one segment, however long the reply was', () => {
    const [text] = regraded({ response: 'twenty seconds '.repeat(100) });
    expect(text?.body).toContain('twenty sec...');
    expect(segmentsOf(text?.body ?? '')).toMatchObject({ segments: 1 });
  });

  it.each([
    { delivery: undefined },
    { was: 'right' },
    { now: 'wrong' },
    { was: 'right', now: 'wrong', withdrawn: true },
  ])('is told to nobody where it is not to be, or is no such news: %j', (changes) =>
    expect(regraded(changes)).toEqual([]),
  );
});

describe('a message of an operator', () => {
  it('is sent as it was written: it is not a template', () => {
    expect(bodies(batchOf(rosa(), event('MessageRequested', { text: 'Hi {{name}}' })))).toEqual([
      'Hi {{name}}',
    ]);
  });

  it('may be a picture alone', () => {
    const mediaUrl = 'https://m.example.com/a.jpg';
    const batch = batchOf(rosa(), event('MessageRequested', { text: undefined, mediaUrl }));
    expect(textsFor(batch)).toEqual([{ body: '', media: mediaUrl, kind: 'message' }]);
  });

  it('may be one of our own notices', () => {
    const notice = { text: undefined, notice: 'NoMoreDrills' };
    expect(bodies(batchOf(rosa({ language: 'fr' }), event('MessageRequested', notice)))).toEqual([
      copyOf('fr').noMoreDrills,
    ]);
  });
});

it('the language is the one after the batch, and English where we have no sentences', () => {
  expect(bodies(batchOf(rosa({ language: 'km' }), event('ThanksReceived')))).toEqual([copyOf('km').thanks]);
  expect(bodies(batchOf(rosa({ language: 'vi' }), event('ThanksReceived')))).toEqual([en.thanks]);
});

describe('what is said to an unclear reply', () => {
  const asks = (wants: string) => ({ wants, prompt: question });

  it('names the options, and puts them on one screen', () =>
    expect(bodies(batchOf(rosa(), event('ReplyUnclear', { asks: asks('option') })))).toEqual([
      'Please reply with a or b.\na) for 10 seconds\nb) for 20 seconds',
    ]));
  it.each([
    ['number', en.unclearNumber],
    ['yesNo', en.unclearYesNo],
    ['when', en.sayWhen],
    ['zone', `${en.sayZone}\na) for 10 seconds\nb) for 20 seconds`],
  ])('says what a field of %s wants', (wants, said) =>
    expect(bodies(batchOf(rosa(), event('ReplyUnclear', { asks: asks(wants) })))).toEqual([said]),
  );
  it('puts an open question again', () =>
    expect(bodies(batchOf(rosa(), event('ReplyUnclear', { asks: asks('answer') })))[0]).toBe(
      en.unclearAnswer,
    ));
  it('is not "wrong" where it costs an attempt', () =>
    expect(bodies(batchOf(rosa(), event('PromptFailed', { abandoned: false, asks: asks('yesNo') })))).toEqual(
      [en.unclearYesNo],
    ));
  it('passes over what is given up where nothing is graded', () =>
    expect(bodies(batchOf(rosa(), event('PromptFailed', { abandoned: true, graded: false })))).toEqual([
      en.skipped,
    ]));
  it('is nothing where a phone wrote by itself', () =>
    expect(bodies(batchOf(rosa(), event('TextNotUnderstood', { rule: 'MachineText' })))).toEqual([]));
});
