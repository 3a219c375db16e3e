import type { DialogEvent } from '@stopcovid/contracts';
import { countsOf } from '../figures/run-facts';
import { runOf } from '../figures/figures.testkit';
import { completed, event } from '../tracker.testkit';
import { rightIn } from './run-score';

const wrong = (fields: object = {}) => event('PromptFailed', { response: 'twenty sec', ...fields });
const ruling = (number: number, group = 'one:first') => ({ group, number });
const ruled = (fields: object = {}) =>
  event('ReplyRegraded', { drill: 'one', prompt: 'first', ruling: ruling(1), ...fields });
const takenBack = (number = 2) => ruled({ now: 'wrong', withdrawn: true, ruling: ruling(number) });
const after = (...later: readonly DialogEvent[]) => runOf({ later, passMark: 100 });
const firstReply = (...later: readonly DialogEvent[]) => after(...later).replies?.[0];

describe('a reply that a person ruled on', () => {
  it('counts as they ruled, and keeps what it was taken for', () =>
    expect(firstReply(wrong(), ruled())).toMatchObject({
      verdict: 'right',
      judged: 'wrong',
      rule: 'OtherOption',
      ruling: { number: 1 },
    }));

  it('counts as it was judged again where that is taken back', () => {
    const reply = firstReply(wrong(), ruled(), takenBack());
    expect(reply).toMatchObject({ verdict: 'wrong', ruling: { number: 2 } });
    expect(reply).not.toHaveProperty('judged');
  });

  it.each<[string, readonly DialogEvent[], string]>([
    ['a later ruling, whichever comes first', [wrong(), takenBack(3), ruled({ ruling: ruling(2) })], 'wrong'],
    ['the same ruling, however often it comes', [wrong(), ruled(), ruled()], 'right'],
    ['a ruling on another group', [wrong(), takenBack(3), ruled({ ruling: ruling(1, 'new') })], 'right'],
  ])('counts by %s', (_claim, later, verdict) => expect(firstReply(...later)?.verdict).toBe(verdict));

  it.each<[string, DialogEvent, object]>([
    ['another prompt', wrong(), { prompt: 'second' }],
    ['a reply that is not there', wrong(), { reply: 2 }],
    ['what no answer is right to', wrong({ graded: false }), {}],
    ['a prompt of an earlier drill', wrong({ repeat: { drill: 'earlier', prompt: 'first' } }), {}],
  ])('is as it was where the ruling is on %s', (_what, reply, fields) =>
    expect(firstReply(reply, ruled(fields))).not.toHaveProperty('judged'),
  );
});

describe('a run of which a person ruled on a reply', () => {
  const failed = [wrong(), wrong({ attempt: 2, abandoned: true }), completed('one', { right: 0, graded: 1 })];

  it('has the score, and is passed, as they ruled', () => {
    expect(countsOf(after(...failed))).toMatchObject({ points: 0, passed: 0 });
    expect(countsOf(after(...failed, ruled()))).toMatchObject({ scored: 1, points: 10_000, passed: 1 });
    expect(countsOf(after(...failed, ruled(), takenBack()))).toMatchObject({ points: 0, passed: 0 });
  });

  it('has so many right in the end', () => {
    expect(rightIn(after(...failed, ruled({ reply: 2 })))).toBe(1);
    expect(rightIn(after(...failed, ruled(), ruled({ reply: 2 })))).toBe(1);
    expect(rightIn(after(...failed, ruled(), takenBack()))).toBe(0);
    expect(rightIn(after(wrong(), ruled()))).toBeUndefined();
  });

  it('has an answer where an unclear reply was one', () => {
    const unclear = event('ReplyUnclear', { response: 'twenty sec' });
    expect(countsOf(after(unclear))).toMatchObject({ reached: 1, answered: 0 });
    expect(countsOf(after(unclear, ruled()))).toMatchObject({ reached: 1, answered: 1 });
  });

  it('says of the prompt itself whether it was right', () => {
    expect(after(...failed, ruled()).prompts).toMatchObject([{ correct: true, attempts: 2 }]);
    expect(after(...failed, ruled(), takenBack()).prompts).toMatchObject([{ correct: false }]);
  });
});
