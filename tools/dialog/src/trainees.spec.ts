import fc from 'fast-check';
import { inMemoryProgressStore, type TraineeProgress } from '@stopcovid/progress-tracker';
import { drillSlugSchema, phoneSchema, traineeSchema } from '@stopcovid/contracts';
import { csvField } from './table';
import { trainees, type TraineesOptions } from './trainees';
import { Readable } from 'node:stream';

const progress = (index: number, account: object = {}): TraineeProgress => ({
  phone: phoneSchema.parse(`+1202555${String(index).padStart(4, '0')}`),
  version: index,
  partition: 0,
  offset: '0',
  trainee: traineeSchema.parse({
    registration: null,
    optedOut: false,
    profile: { language: index % 2 === 0 ? 'es' : 'en', answers: {} },
    account,
  }),
  firstSeenAt: new Date('2026-03-01T10:00:00Z'),
  drills: [],
});

const list = async (known: readonly TraineeProgress[], options: Partial<TraineesOptions> = {}) => {
  const store = inMemoryProgressStore();
  await store.save(
    [],
    known.map((next) => ({ next, readVersion: 0 })),
  );
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  await trainees(store, { form: 'text', full: false, ...options }, terminal);
  return { out, err };
};

describe('a list of trainees', () => {
  it('shows no phone unless told to', async () => {
    const { out } = await list([progress(1)]);
    expect(out).toEqual([expect.stringMatching(/^\+•+01 /)]);
    const full = await list([progress(1)], { full: true });
    expect(full.out).toEqual([expect.stringContaining('+12025550001')]);
  });

  it('says how many drills of the course are done, each counted once', async () => {
    const drill = (name: string, started: number, completed: number) => ({
      drill: drillSlugSchema.parse(name),
      started,
      completed,
    });
    const known = [{ ...progress(1), drills: [drill('one', 3, 2), drill('two', 1, 0), drill('gone', 1, 1)] }];
    const { out } = await list(known, { course: ['one', 'two', 'three', 'four', 'five'] });
    expect(out).toEqual([expect.stringContaining('1 of 5 drills')]);
    expect((await list(known)).out).toEqual([expect.stringContaining('3 done, 5 begun')]);
  });

  it('takes what fits, so many, from where it was left', async () => {
    const known = [1, 2, 3, 4, 5, 6].map((index) => progress(index));
    const first = await list(known, { language: 'es', limit: 2, form: 'json', full: true });
    expect(first.out.map((line) => (JSON.parse(line) as { phone: string }).phone)).toEqual([
      '+12025550002',
      '+12025550004',
    ]);
    expect(first.err).toEqual(['2 trainees', 'more follow: --after +12025550004']);
    const rest = await list(known, { language: 'es', after: '+12025550004', form: 'json', full: true });
    expect(rest.out).toHaveLength(1);
    expect(rest.err).toEqual(['1 trainee']);
  });

  it('goes on page after page', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => progress(index + 1));
    const { out, err } = await list(many, { limit: 1_100, full: true, form: 'json' });
    expect(new Set(out).size).toBe(1_100);
    expect(err[0]).toBe('1100 trainees');
  });

  it('is a table with a heading as CSV', async () => {
    const { out } = await list([progress(1, { employerId: '=HYPERLINK("http://x","a")', unitId: 'a, b' })], {
      form: 'csv',
      full: true,
    });
    expect(out[0]).toMatch(/^phone,registered,optedOut,/);
    expect(out[1]).toBe(
      `+12025550001,false,false,en,"'=HYPERLINK(""http://x"",""a"")","a, b",0,0,1,2026-03-01T10:00:00.000Z,`,
    );
  });

  it('refuses a language that is none', () =>
    expect(list([], { language: 'Spanish' })).rejects.toThrow(/two lower-case letters/));
});

describe('a field of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\t=1', "'\t=1"],
    ['plain', 'plain'],
    ['+12025550143', '+12025550143'],
    ['a"b', '"a""b"'],
  ])('%j becomes %j', (text, field) => expect(csvField(text)).toBe(field));

  it('never begins like a formula, and closes every quote, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const field = csvField(text);
        expect(/^"?[=@-]/.test(field)).toBe(false);
        expect((field.match(/"/g) ?? []).length % 2).toBe(0);
      }),
    );
  });
});
