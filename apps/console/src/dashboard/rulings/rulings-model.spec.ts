import type { RegradingAnswer, ReplyGroup } from '../answers';
import {
  changeWords,
  noneWords,
  openWords,
  questionTable,
  questionTitle,
  queueSentence,
  queuesOf,
  queueTable,
  rightWords,
  rulingWords,
  takenFor,
  verdictsFor,
  withinReach,
} from './rulings-model';

const wordless: ReplyGroup = {
  id: 'hand-washing:how-long:4f2c9a1e5d6b7c8d9e0f1a2b',
  drill: 'hand-washing',
  revision: 'a'.repeat(64),
  language: 'en',
  prompt: 'how-long',
  text: 'half a minute',
  examples: ['Half a minute'],
  replies: 5,
  runs: 4,
  trainees: 4,
  open: 5,
  judged: { wrong: 0, unclear: 5 },
  ruled: { right: 0, wrong: 0 },
  tellsTrainees: false,
};
const group: ReplyGroup = {
  ...wordless,
  question: { words: 'How long?', right: ['b) 20 seconds', '20 sec'] },
};
const ruling = { verdict: 'right', by: 'ann', at: '2026-03-05T14:00:00.000Z' };
const page = (items: readonly ReplyGroup[], fields: Partial<RegradingAnswer> = {}): RegradingAnswer => ({
  items,
  mayRule: true,
  ...fields,
});

describe('the replies to rule on', () => {
  it('stand by their questions, in the order in which these come', () => {
    const other = { ...group, id: 'x', text: 'x' };
    const spanish = { ...group, language: 'es' };
    const queues = queuesOf([group, spanish, other]);
    expect(queues.map(({ groups }) => groups)).toEqual([[group, other], [spanish]]);
    expect(queues[0]?.first).toBe(group);
  });

  it('have the words of the question with what is right, or its name where nobody has these', () => {
    expect([questionTitle(group), rightWords(group)]).toEqual([
      'How long?',
      'Right: b) 20 seconds or 20 sec',
    ]);
    expect(questionTitle(wordless)).toBe('How long');
    expect(rightWords(wordless)).toMatch(/not given any more/);
    expect(rightWords({ ...group, question: { words: 'x', right: [] } })).toBe(
      'No answer is listed as right.',
    );
  });

  it.each([
    [{}, 'Unclear'],
    [{ judged: { wrong: 5, unclear: 0 }, option: 'a' }, 'Wrong, as option a'],
    [{ judged: { wrong: 3, unclear: 2 } }, 'Wrong (3), unclear (2)'],
  ])('say what they were taken for: %j', (fields, said) =>
    expect(takenFor({ ...group, ...fields })).toBe(said),
  );

  it('say who ruled what, when and why', () => {
    expect(rulingWords(ruling)).toMatch(/^Counts as right: ann, 5 Mar 2026, \d{2}:\d{2}$/);
    expect(rulingWords({ ...ruling, verdict: 'wrong', reason: 'too short' })).toMatch(
      /^Stays wrong: ann.* – too short$/,
    );
  });

  it('say how many came since a ruling, and can be ruled on in every way that changes something', () => {
    const later = { ...group, open: 2, ruled: { right: 3, wrong: 0 }, ruling };
    expect(openWords(later)).toBe('2 replies since then');
    expect(openWords(group)).toBeUndefined();
    expect(verdictsFor(later)).toEqual(['right', 'wrong']);
    expect(verdictsFor({ ...group, open: 0, ruled: { right: 5, wrong: 0 } })).toEqual(['wrong', 'asJudged']);
    expect(verdictsFor({ ...group, open: 0, ruled: { right: 0, wrong: 5 } })).toEqual(['right', 'asJudged']);
  });

  it('are asked about with what a ruling changes, and whether anybody is told', () => {
    expect(changeWords('right', group)).toEqual([
      expect.stringMatching(/^It counts as right in 4 runs of 4 people\. Scores, .* also of days/),
      'Nobody is texted: the drill does not say that its trainees are told.',
    ]);
    expect(changeWords('right', { ...group, tellsTrainees: true })[1]).toMatch(/told by text/);
    expect(changeWords('wrong', { ...group, tellsTrainees: true })[1]).toBe('Nobody is texted.');
    expect(changeWords('asJudged', { ...group, judged: { wrong: 3, unclear: 2 } })[0]).toMatch(
      /^In 4 runs of 4 people it counts again as it was judged: wrong \(3\) and unclear \(2\)\./,
    );
  });

  it('say how many there are, of which days, and why there may be none', () => {
    const days = { from: '2026-03-01', until: '2026-04-01' };
    expect(queueSentence(page([group], days), false)).toBe(
      'Several people gave 1 reply alike that did not count as right. In drills that began from 1 Mar 2026 to 31 Mar 2026.',
    );
    expect(queueSentence(page([group, group], { nextCursor: 'x' }), true)).toBe(
      'A person has ruled on 2 different replies, and there are more.',
    );
    expect(noneWords(page([], days), false)).toMatch(
      /What one person alone wrote is never listed\. In drills/,
    );
    expect(noneWords(page([]), true)).toBe('Nobody has ruled on a reply here yet.');
  });

  it('are asked for over no more days than are read at once, the last of them, unless of one drill', () => {
    const long = { from: '2026-01-01', until: '2026-04-01' };
    expect(withinReach(long)).toEqual({ from: '2026-03-01', until: '2026-04-01' });
    const within = [{ ...long, drill: 'x' }, {}, { from: '2026-03-20', until: '2026-04-01' }];
    expect(within.map(withinReach)).toEqual(within);
  });

  it('are the same in a file, whole or by question', () => {
    const row = ['Half a minute', 4, 5, 'Unclear', null];
    expect(queueTable(page([group])).rows).toEqual([['Hand washing', 'How long?', 'English', ...row]]);
    const [queue] = queuesOf([group]);
    expect(queue && questionTable(queue)).toMatchObject({
      name: 'hand-washing-how-long-replies',
      rows: [row],
    });
  });
});
