import type { FunnelPrompt, FunnelVersion } from '../answers';
import { branchWords, funnelSentence, funnelTable, isBranch } from './funnel-model';

const prompt = (name: string, fields: Partial<FunnelPrompt> = {}): FunnelPrompt => ({
  prompt: name,
  reached: 200,
  answered: 200,
  ended: 0,
  after: [{ prompt: null, runs: fields.reached ?? 200 }],
  ...fields,
});
const version = (prompts: readonly FunnelPrompt[], runs = 200): FunnelVersion => ({
  revision: 'a'.repeat(64),
  language: 'en',
  runs,
  prompts,
});

const straight = version([
  prompt('how-long', { answered: 150 }),
  prompt('why', { reached: 150, answered: 140, after: [{ prompt: 'how-long', runs: 150 }] }),
]);

const forked = version([
  prompt('area'),
  prompt('kitchen', { reached: 120, answered: 110, after: [{ prompt: 'area', runs: 120 }] }),
  prompt('rooms', { reached: 60, answered: 60, after: [{ prompt: 'area', runs: 60 }] }),
  prompt('wet-time', {
    reached: 190,
    answered: 190,
    after: [
      { prompt: 'kitchen', runs: 110 },
      { prompt: 'rooms', runs: 60 },
      { prompt: 'area', runs: 20 },
    ],
  }),
]);

describe('the funnel of a drill', () => {
  it('says how many came how far, and where most stop', () =>
    expect(funnelSentence(straight)).toBe(
      '200 runs: 200 came to the first question, 140 answered the last. ' +
        'Most stop at “How long”: 50 of 200 did not answer.',
    ));

  it('says so where nobody stops, and where nobody began', () => {
    expect(funnelSentence(version([prompt('why', { reached: 1, answered: 1 })], 1))).toBe(
      '1 run: 1 came to the first question, 1 answered the last. Nobody left a question without an answer.',
    );
    expect(funnelSentence(version([]))).toBe('Nobody was put a question yet.');
  });

  it('takes the last word, which asks for nothing, for no question that nobody answers', () => {
    const bye = prompt('bye', {
      reached: 150,
      answered: 0,
      ended: 150,
      after: [{ prompt: 'why', runs: 150 }],
    });
    const said = version([prompt('why', { answered: 150 }), bye]);
    expect(funnelSentence(said)).toContain('150 answered the last. Most stop at “Why”');
    expect(funnelTable('masks', said).rows.at(-1)).toEqual(['Bye', 'Why (150)', 150, null, 0, '0%']);
  });

  it('says where its way forks, and where people come together again', () => {
    expect(branchWords(forked)).toEqual([
      'After “Area” the way forks: 120 to “Kitchen”, 60 to “Rooms” and 20 to “Wet time”.',
      'To “Wet time” people came from “Kitchen” (110), “Rooms” (60) and “Area” (20).',
    ]);
    expect(branchWords(straight)).toEqual([]);
  });

  it('tells what only some are put from what all come to', () => {
    const branches = forked.prompts.filter((one) => isBranch(one, forked));
    expect(branches.map((one) => one.prompt)).toEqual(['kitchen', 'rooms']);
    expect(straight.prompts.filter((one) => isBranch(one, straight))).toEqual([]);
  });

  it('has the same numbers as a table, with what was put before', () => {
    expect(funnelTable('masks', straight).rows).toEqual([
      ['How long', 'first (200)', 200, 150, 50, '25%'],
      ['Why', 'How long (150)', 150, 140, 10, '7%'],
    ]);
    expect(funnelTable('masks', forked).rows.at(-1)?.[1]).toBe('Kitchen (110); Rooms (60); Area (20)');
  });
});
