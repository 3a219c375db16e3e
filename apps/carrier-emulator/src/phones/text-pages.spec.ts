import type { RunningApp } from '@stopcovid/runtime';
import { callApi, clientOf, maria, ownNumber, startEmulator, textFrom } from '../emulator.testkit';
import { acceptedView, writtenView } from './text-pages';

type Row = { readonly sequence: number };

describe('texts, page by page', () => {
  let emulator: RunningApp;
  beforeEach(async () => {
    emulator = await startEmulator({ WEBHOOK_URL: 'http://127.0.0.1:9/none' });
    for (const body of ['1', '2', '3']) {
      await clientOf(emulator).messages.create({ to: maria, from: ownNumber, body });
      await textFrom(emulator, maria, body);
    }
  });
  afterEach(() => emulator.close());

  const page = async (path: string): Promise<readonly number[]> => {
    const { body } = await callApi(emulator, { method: 'GET', path });
    return (body as readonly Row[]).map(({ sequence }) => sequence);
  };

  it('are so many at most, and go on after the last that was seen', async () => {
    expect(await page('accepted')).toEqual([1, 3, 5]);
    expect(await page('accepted?limit=2')).toEqual([1, 3]);
    expect(await page('accepted?limit=2&after=3')).toEqual([5]);
    expect(await page('written?limit=2')).toEqual([2, 4]);
    expect(await page('written?limit=2&after=4')).toEqual([6]);
  });

  it.each(['0', '-1', 'all', '1000000'])('are refused with a limit of %s', async (limit) => {
    expect((await callApi(emulator, { method: 'GET', path: `written?limit=${limit}` })).status).toBe(400);
  });
});

it.each([acceptedView, writtenView])('a page reads no further than it reaches', (view) => {
  let read = 0;
  const message = {
    sid: 'SM1',
    from: maria,
    to: maria,
    body: '',
    media: [],
    segments: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };
  const since = function* (after: number) {
    for (let sequence = after + 1; ; sequence += 1) {
      read += 1;
      yield sequence % 2 === 0
        ? ({ ...message, sequence, direction: 'outbound-api', status: 'queued' } as const)
        : ({
            ...message,
            sequence,
            direction: 'inbound',
            status: 'received',
            handover: { kind: 'lost' },
          } as const);
    }
  };
  expect(view({ since }, { after: 1_000_000, limit: 500 })).toHaveLength(500);
  expect(read).toBeLessThanOrEqual(1_000);
});
