import type { Ask } from '@stopcovid/faults';
import { newestAccepted, timesWritten } from './pages';

/** A carrier that has so many texts of either kind, and answers no more of them at once than it is asked for. */
const carrierWith = (texts: number): { readonly ask: Ask; readonly asked: string[] } => {
  const asked: string[] = [];
  const ask: Ask = (path) => {
    asked.push(path);
    const query = new URL(path, 'http://carrier').searchParams;
    const [after, limit] = [Number(query.get('after')), Number(query.get('limit'))];
    const rows = Array.from({ length: Math.min(limit, Math.max(0, texts - after)) }, (_, index) => ({
      sequence: after + index + 1,
      sid: `SM${String(after + index).padStart(32, '0')}`,
      from: '+12025550143',
      at: new Date(after + index).toISOString(),
    }));
    return Promise.resolve(rows);
  };
  return { ask, asked };
};

describe('the texts of a carrier', () => {
  it.each([
    [0, 1],
    [4_999, 1],
    [5_000, 2],
    [12_001, 3],
  ])('%i of them are read in %i pages, to the newest', async (texts, pages) => {
    const { ask, asked } = carrierWith(texts);
    expect(await newestAccepted(ask)).toBe(texts);
    expect(asked).toHaveLength(pages);
  });

  it('are each read once', async () => {
    const times = await timesWritten(carrierWith(12_001).ask);
    expect(times).toEqual(Array.from({ length: 12_001 }, (_, index) => index));
  });
});
