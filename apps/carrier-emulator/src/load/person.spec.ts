import { seededRandom } from '../carrier/faults';
import { usualBehaviour, type Behaviour } from './behaviour';
import { Durations } from './durations';
import { Person } from './person';
import { answerTo, asks, choicesIn, invites, misspell } from './writing';

const steady: Behaviour = {
  ...usualBehaviour,
  typo: 0,
  wrongWord: 0,
  ignore: 0,
  stop: 0,
  comeBack: 1,
  more: 1,
};
const person = (behaviour: Partial<Behaviour> = {}, seed = 1): Person =>
  new Person('+12015550100', { ...steady, ...behaviour }, seededRandom(seed));
const question = 'How long?\n\na) 5 seconds\nb) 20 seconds';

describe('somebody with a phone', () => {
  it('begins with the code', () => {
    expect(person({ code: 'SOAP' }).say()).toBe('SOAP');
  });

  it('answers a question with one of its choices, also when more was said since', () => {
    const maria = person();
    maria.say();
    expect(maria.hear(question)).toBe(true);
    expect(maria.hear('Take your time.')).toBe(true);
    expect(['a', 'A', 'a)', '5 seconds', 'b', 'B', 'b)', '20 seconds']).toContain(maria.say());
  });

  it('answers with five texts at once when in haste, and begins with one', () => {
    const maria = person({ hasty: 1, more: 1 });
    expect(maria.sayAll()).toHaveLength(1);
    maria.hear(question);
    expect(maria.sayAll()).toHaveLength(5);
    maria.hear('You have finished. Text MORE for the next one.');
    expect(maria.sayAll()).toHaveLength(1);
  });

  it('never writes when silent', () => {
    const maria = person({ silent: 1 });
    maria.join();
    expect([maria.hear(question), maria.hear('Text MORE for the next one.')]).toEqual([false, false]);
  });

  it('has no code to begin with when registered', () => {
    const maria = person();
    maria.join();
    maria.hear('How old are you?');
    expect(maria.say()).not.toBe(steady.code);
  });

  it('answers again, in their own time, when what comes back asks nothing, but not for ever', () => {
    const maria = person({ more: 0, thinkFromMs: 100, thinkToMs: 1_100 });
    maria.say();
    maria.hear(question);
    const answers = ['a', 'A', 'a)', '5 seconds', 'b', 'B', 'b)', '20 seconds'];
    for (const wants of [true, true, false]) {
      expect(answers).toContain(maria.say());
      expect(maria.hear('Not quite. Please try again!')).toBe(wants);
      if (wants) expect(maria.thinkMs()).toBe(1_100);
    }
  });

  it('goes on to the next question when one comes, and to a word that is named instead of answering again', () => {
    const maria = person();
    maria.say();
    maria.hear(question);
    maria.say();
    maria.hear('Correct!');
    maria.hear('Your name?');
    expect(maria.thinkMs()).toBeLessThan(steady.thinkToMs);
    expect(choicesIn(question).map(({ mark }) => mark)).not.toContain(maria.say());
    maria.hear('You have finished. Text MORE for the next one.');
    expect(maria.say()).toMatch(/^(?:more|menu|help)$/i);
    const silent = person({ more: 0 });
    silent.say();
    silent.hear(question);
    silent.say();
    expect(silent.hear('Text MORE for the next one.')).toBe(false);
    expect(silent.hear('Bye.')).toBe(false);
  });

  it('asks for more when nothing was asked, but not for ever', () => {
    const maria = person();
    maria.say();
    const wanted = [1, 2, 3].map(() => {
      const wants = maria.hear('Well done.');
      if (wants) maria.say();
      return wants;
    });
    expect(wanted).toEqual([true, true, false]);
    expect(maria.hear(question)).toBe(true);
  });

  it('may leave, and may come back', () => {
    const gone = person({ stop: 1, comeBack: 0 });
    gone.say();
    gone.hear(question);
    expect(gone.say()).toMatch(/^(?:stop|cancel)$/i);
    expect(gone.hasStopped).toBe(true);
    expect(gone.hear('You will get no more texts.')).toBe(false);

    const back = person({ stop: 1, comeBack: 1 });
    back.say();
    back.say();
    expect(back.hear('You will get no more texts.')).toBe(true);
    expect(back.say()).toBe('START');
    expect(back.hasStopped).toBe(false);
  });

  it('may ignore a question, or say something else', () => {
    const absent = person({ ignore: 1 });
    absent.say();
    expect(absent.hear(question)).toBe(false);
    const confused = person({ wrongWord: 1 });
    confused.say();
    confused.hear(question);
    expect(choicesIn(question).map(({ mark }) => mark)).not.toContain(confused.say());
  });

  it('thinks within its limits, more often shortly than long', () => {
    const maria = person({ thinkFromMs: 100, thinkToMs: 1_100 });
    const thoughts = Array.from({ length: 2_000 }, () => maria.thinkMs());
    expect(Math.min(...thoughts)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...thoughts)).toBeLessThan(1_100);
    expect(thoughts.filter((ms) => ms < 600).length).toBeGreaterThan(1_400);
  });

  it('says the same again with the same seed', () => {
    const said = (seed: number) => {
      const one = person({ typo: 0.5, wrongWord: 0.3, stop: 0.1 }, seed);
      return Array.from({ length: 30 }, () => {
        one.hear(question);
        const first = one.say();
        one.hear('Not quite.');
        return [first, one.say()];
      });
    };
    expect(said(7)).toEqual(said(7));
    expect(said(7)).not.toEqual(said(8));
  });
});

describe('writing', () => {
  it.each([
    ['Are you well?', true],
    ['a) one\nb) two', true],
    ['ក) មួយ', true],
    ['Well done.', false],
    ['Wash your hands. Text MORE for more.', false],
  ])('%j asks: %s', (text, expected) => expect(asks(text)).toBe(expected));

  it.each([
    ['Text MORE for the next one.', true],
    ['Escribe MAS para la siguiente.', true],
    ['Not quite. Please try again!', false],
    ['OK, I see. THUMBs up', false],
  ])('%j names a word to text: %s', (text, expected) => expect(invites(text)).toBe(expected));

  it('answers a free question with some words', () => {
    expect(answerTo('Your name?', seededRandom(3))).not.toBe('');
  });

  it.each(['b', 'no', 'HYGIENE', '👍'])(
    'a slip makes %j something else, of nearly the same length',
    (text) => {
      const random = seededRandom(5);
      for (let slip = 0; slip < 50; slip += 1) {
        const written = misspell(text, random);
        expect(Math.abs([...written].length - [...text].length)).toBeLessThanOrEqual(1);
        expect(written).not.toBe('');
      }
      expect(Array.from({ length: 50 }, () => misspell(text, random)).some((one) => one !== text)).toBe(true);
    },
  );
});

it('durations are told within 9 %, however many there are', () => {
  const durations = new Durations();
  expect(durations.atMost(0.5)).toBeNull();
  for (let ms = 1; ms <= 10_000; ms += 1) durations.add(ms);
  expect(durations.atMost(0.5)).toBeGreaterThanOrEqual(5_000);
  expect(durations.atMost(0.5)).toBeLessThan(5_000 * 1.1);
  expect(durations.atMost(0.99)).toBeGreaterThanOrEqual(9_900);
  expect(durations.atMost(1)).toBe(10_000);
});
