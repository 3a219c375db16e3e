import { Readable } from 'node:stream';
import { phoneSchema } from '@stopcovid/contracts';
import type { HistoryEntry } from '@stopcovid/progress-tracker';
import { events, type EventsOptions } from './events';

const phone = phoneSchema.parse('+12025550143');
const entry = (sequence: number, ...types: readonly string[]): HistoryEntry => ({
  phone,
  sequence,
  at: new Date('2026-03-01T10:00:00Z'),
  commandId: `SM${sequence}`,
  commandType: 'ReceiveSms',
  events: types.map((type) => ({ type, drill: 'one' })),
});
const years = Array.from({ length: 450 }, (_, index) => entry(index + 1, 'MenuRequested'));

const print = async (
  known: readonly HistoryEntry[],
  options: Partial<EventsOptions> = {},
): Promise<{ exit: number; out: readonly string[]; err: readonly string[] }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  const of = (_phone: string, { after, limit }: { after: number; limit: number }) =>
    Promise.resolve(known.filter(({ sequence }) => sequence > after).slice(0, limit));
  const exit = await events({ of }, { phone, after: 0, form: 'text', ...options }, terminal);
  return { exit, out, err };
};

describe('the events of a phone', () => {
  it('are printed one by one, each with its batch, its command and its fields', async () => {
    const { exit, out } = await print([entry(1, 'TraineeRegistered', 'DrillStarted'), entry(2)]);
    expect(exit).toBe(0);
    expect(out.slice(1)).toEqual([
      expect.stringMatching(
        /^2026-03-01T10:00:00\.000Z +1 +ReceiveSms SM1 +TraineeRegistered +\{"drill":"one"\}$/,
      ),
      expect.stringMatching(/ 1 +ReceiveSms SM1 +DrillStarted /),
      expect.stringMatching(/ 2 +ReceiveSms SM2 +\(none\)$/),
    ]);
  });

  it('come all, however many there are, under one heading', async () => {
    const { out } = await print(years);
    expect(out).toHaveLength(451);
    expect(out.filter((line) => line.startsWith('at '))).toHaveLength(1);
  });

  it('are one batch a line for programs, behind the one that was named', async () => {
    const { out } = await print(years, { form: 'json', after: 448 });
    expect(out.map((line) => (JSON.parse(line) as HistoryEntry).sequence)).toEqual([449, 450]);
  });

  it('are a problem where there are none', async () => {
    const { exit, err } = await print([]);
    expect([exit, err]).toEqual([1, ['nothing has happened to this phone, or nothing since']]);
  });
});
