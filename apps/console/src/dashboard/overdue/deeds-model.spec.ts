import type { OverdueRun } from '../answers';
import type { Failure } from '../ask';
import {
  allAskedWords,
  askedWords,
  deedFor,
  onceFor,
  outcomeOf,
  questionBefore,
  refusalWords,
  stillToDo,
  type Asked,
  type Doing,
} from './deeds-model';

const run: OverdueRun = {
  phone: '+12025550143',
  runId: 'run',
  drill: 'hand-washing',
  dueOn: '2026-03-01',
  daysLate: 3,
  open: { prompt: 'how-long', openHours: 70 },
};
const asking = (doing: Doing) => ({ doing, once: 'a', phone: run.phone });
const taken = (doing: Doing = 'remind'): Asked => outcomeOf(asking(doing), { is: 'here', body: {} });
const refused = (failure: Partial<Failure>, doing: Doing = 'remind'): Asked =>
  outcomeOf(asking(doing), { is: 'failed', failure: { status: 409, detail: 'No.', ...failure } });

describe('what is done for who is overdue', () => {
  it('is asked for by phone; what starts again ends what is open', () => {
    expect(deedFor('remind', run)).toEqual({ do: 'remind', phone: run.phone });
    expect(deedFor('start', run)).toMatchObject({ drill: 'hand-washing', replace: true });
  });

  it('is confirmed first, by what will be sent to whom', () => {
    expect(questionBefore('remind', [run])).toBe('Text the question “How long” to +12025550143 again?');
    expect(questionBefore('start', [run])).toMatch(/^Start “Hand washing” from its beginning for \+1202/);
    expect(questionBefore('remind', [run, run])).toBe(
      'Text the open question again to each of 2 phones on this page?',
    );
  });

  it('is said to be on its way once it was taken', () => {
    expect(askedWords(taken())).toBe('A reminder is on its way.');
    expect(askedWords(taken('start'))).toBe('The drill starts again.');
  });

  it.each([
    ['optedOut', /^they opted out, and only a text of their own/],
    ['paused', /^their schedule is paused$/],
    ['nothingOpen', /^no question is open any more$/],
    ['unregistered', /^they are not registered$/],
    ['unknownDrill', /^this drill is not given any more$/],
    ['noZone', /^nobody knows their time zone$/],
    ['news', /^as the API says it$/],
  ])('says in plain words what stands in its way: %s', (code, said) => {
    const obstacles = [{ code, message: 'as the API says it' }];
    expect(refusalWords({ status: 409, detail: 'x', obstacles })).toMatch(said);
  });

  it('says when their hours begin where it is too early', () => {
    const opensAt = '2026-03-05T14:00:00.000Z';
    const obstacles = [{ code: 'outsideWindow', message: 'x', opensAt }];
    expect(askedWords(refused({ obstacles }))).toMatch(
      /^Not reminded: it is outside their hours; try again from 5 Mar 2026, \d{2}:\d{2}\.$/,
    );
  });

  it('says that a key may only look', () =>
    expect(askedWords(refused({ status: 403 }, 'start'))).toBe('Not started again: this key may only look.'));

  it('is asked for under the same key as long as nobody knows whether it was taken', () => {
    for (const status of [0, 503])
      expect([status, onceFor('remind', refused({ status }), 'b')]).toEqual([status, 'a']);
    expect(onceFor('start', refused({ status: 503 }), 'b')).toBe('b');
    for (const before of [undefined, taken(), refused({ status: 409 })])
      expect(onceFor('remind', before, 'b')).toBe('b');
  });

  it('is not asked for again with all others where it is on its way', () => {
    const [done, late, failed] = ['done', 'late', 'failed'].map((runId) => ({ ...run, runId }));
    const asked = new Map([
      ['done', taken()],
      ['failed', refused({})],
    ]);
    expect(stillToDo([done, late, failed] as OverdueRun[], asked)).toEqual([late, failed]);
  });

  it('is summed up, for one by phone', () => {
    expect(allAskedWords([])).toBe('');
    expect(allAskedWords([taken()])).toBe('+12025550143: A reminder is on its way.');
    expect(allAskedWords([taken(), taken()])).toBe('A reminder is on its way for 2 of 2.');
    expect(allAskedWords([taken(), refused({})])).toBe(
      'A reminder is on its way for 1 of 2. The lines of the others say why not.',
    );
  });
});
