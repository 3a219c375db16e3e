import type { ReplyGroup } from '../answers';
import { followed, onceFor, stageAfter, stageNow, stageWords, type Given, type Stage } from './ruling-model';

const group = {
  id: 'one:first:0',
  text: 'soap',
  examples: [],
  replies: 3,
  ruled: { right: 0, wrong: 1 },
} as unknown as ReplyGroup;
const given: Given = { group, verdict: 'right' };
const taken = (regraded: number): Stage =>
  stageAfter(given, 'a', { is: 'here', body: { verdict: 'right', by: 'ann', at: 'now', regraded } });
const failed = (status: number): Stage =>
  stageAfter(given, 'a', { is: 'failed', failure: { status, detail: 'As the API says it.' } });
const ruledBy = (right: number, wrong: number): ReplyGroup => ({ ...group, ruled: { right, wrong } });

describe('a ruling', () => {
  it('is applied until all replies that it is on count as it says', () => {
    const stage = taken(3);
    expect(stageWords(stage)).toBe('“soap”: 0 of 3 replies regraded …');
    if (stage.is !== 'applying') throw new Error('it is not applied');
    expect(stageNow(stage, ruledBy(2, 1))).toMatchObject({ is: 'applying', done: 2 });
    const done = stageNow(stage, ruledBy(4, 0));
    expect(done).toMatchObject({ is: 'done' });
    expect(stageWords(done)).toBe('“soap” counts as right now. 3 replies were regraded.');
    expect(stageWords({ is: 'later', given, done: 1, of: 3 })).toMatch(
      /2 of 3 replies are still to be regraded/,
    );
  });

  it('that takes one back is done by how many count as they were judged again', () =>
    expect(followed({ group: ruledBy(2, 1), verdict: 'asJudged' }, ruledBy(1, 0))).toBe(2));

  it('that changes nothing is done at once', () =>
    expect(stageWords(taken(0))).toBe('“soap” counts as right already: no reply had to be regraded.'));

  it('that is refused says why in plain words', () => {
    expect(stageWords(failed(403))).toBe('“soap” was not ruled on. This key may look, not rule.');
    expect(stageWords(failed(404))).toBe('“soap” was not ruled on. As the API says it.');
  });

  it('is asked for under the same key as long as nobody knows whether it was taken', () => {
    for (const status of [0, 503]) expect(onceFor(failed(status), given, 'b')).toBe('a');
    expect(stageWords(failed(503))).toMatch(/Rule again: it is on record once/);
    expect(onceFor(failed(503), { ...given, verdict: 'wrong' }, 'b')).toBe('b');
    expect(onceFor(failed(503), { ...given, reason: 'short' }, 'b')).toBe('b');
    for (const before of [failed(404), taken(3)]) expect(onceFor(before, given, 'b')).toBe('b');
  });
});
