import { oneOf, type Random } from './seeded';

/** A text of a trainee. `repeated`: the carrier posts its webhook twice, with the same id. */
export type TraineeText = { readonly text: string; readonly repeated: boolean };

/** The answers of the sample course in its order, right ones; a wrong one is asked again. */
const courses: readonly (readonly string[])[] = [
  ['b', 'the thumbs and fingertips', 'a', 'b', '12'],
  ['yes', 'b', 'c', 'my supervisor', 'a'],
  ['a', 'c', 'b', 'a', 'b'],
];
const wrong = ['I do not know', 'c', '7', 'maybe later?', 'ok'];
const aside = ['HELP', 'MENU', 'thanks', 'MORE', 'please stop texting me'];
const chances = { wrong: 0.15, aside: 0.1, stop: 0.02, repeated: 0.06 } as const;

const answer = function* (random: Random, right: string): Generator<string> {
  if (random() < chances.aside) yield oneOf(random, aside);
  if (random() < chances.wrong) yield oneOf(random, wrong);
  if (random() < chances.stop) yield* ['STOP', 'hello?', 'START'];
  yield right;
};

const said = function* (random: Random): Generator<string> {
  yield* ['hello', 'HYGIENE', 'a', oneOf(random, ['Maria', 'Sokha', 'Daniel', 'José'])];
  for (;;) {
    for (const course of courses) {
      for (const right of course) yield* answer(random, right);
      yield 'MORE';
    }
    yield* ['STOP', 'START'];
  }
};

/** What one trainee texts, without end: registers, then takes drill after drill, and leaves and comes back. */
export const traineeTexts = function* (random: Random): Generator<TraineeText, never> {
  for (const text of said(random)) yield { text, repeated: random() < chances.repeated };
  throw new Error('a trainee never ends');
};
