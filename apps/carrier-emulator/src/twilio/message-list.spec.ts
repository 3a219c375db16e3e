import { type RunningApp, until } from '@stopcovid/runtime';
import type { Twilio } from '@stopcovid/twilio';
import {
  accountSid,
  authToken,
  clientOf,
  maria,
  ownNumber,
  startEmulator,
  textFrom,
} from '../emulator.testkit';

const dayMs = 86_400_000;

describe('the message list, read by the twilio package’s own client', () => {
  let emulator: RunningApp;
  beforeEach(async () => {
    emulator = await startEmulator({ WEBHOOK_URL: 'http://127.0.0.1:9/none' });
  });
  afterEach(() => emulator.close());

  const send = async (to: string, bodies: readonly string[]): Promise<void> => {
    for (const body of bodies) await clientOf(emulator).messages.create({ to, from: ownNumber, body });
  };
  const bodies = async (
    options: Parameters<Twilio['client']['messages']['list']>[0],
  ): Promise<readonly string[]> => (await clientOf(emulator).messages.list(options)).map(({ body }) => body);
  const raw = async (query: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${emulator.url}/2010-04-01/Accounts/${accountSid}/Messages.json?${query}`, {
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('lists newest first over several pages, up to the limit asked for', async () => {
    await send(maria, ['1', '2', '3', '4', '5']);
    await send('+12025550172', ['other']);
    expect(await bodies({ to: maria, pageSize: 2 })).toEqual(['5', '4', '3', '2', '1']);
    expect(await bodies({ pageSize: 4 })).toEqual(['other', '5', '4', '3', '2', '1']);
    expect(await bodies({ to: maria, limit: 3, pageSize: 2 })).toEqual(['5', '4', '3']);
    expect(await bodies({ to: maria, from: '+12025550199' })).toEqual([]);
  });

  it('hands over each message once with `each`, and tells when it is done', async () => {
    await send(maria, ['1', '2', '3', '4', '5']);
    const seen: string[] = [];
    await new Promise<void>((resolve, reject) => {
      clientOf(emulator).messages.each(
        { to: maria, pageSize: 2, done: (error?: Error) => (error ? reject(error) : resolve()) },
        ({ body }) => seen.push(body),
      );
    });
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
  });

  it('turns pages forwards and back; what comes in meanwhile shifts none that follows', async () => {
    await send(maria, ['1', '2', '3', '4', '5']);
    const first = await clientOf(emulator).messages.page({ to: maria, pageSize: 2 });
    expect(first.instances.map(({ body }) => body)).toEqual(['5', '4']);
    expect(first.previousPageUrl).toBeUndefined();
    await send(maria, ['6']);
    const second = await first.nextPage();
    expect(second?.instances.map(({ body }) => body)).toEqual(['3', '2']);
    const third = await second?.nextPage();
    expect(third?.instances.map(({ body }) => body)).toEqual(['1']);
    expect(third?.nextPageUrl).toBeUndefined();
    const back = await second?.previousPage();
    expect(back?.instances.map(({ body }) => body)).toEqual(['6', '5']);
  });

  it('lists texts of phones as inbound, also one whose webhook nobody answers', async () => {
    await textFrom(emulator, maria, 'hello?');
    await send(maria, ['reply']);
    const inbound = await clientOf(emulator).messages.list({ to: ownNumber, dateSentAfter: new Date() });
    expect(inbound).toHaveLength(1);
    expect(inbound[0]).toMatchObject({ direction: 'inbound', from: maria, to: ownNumber, body: 'hello?' });
    expect(inbound[0]?.dateSent).toBeInstanceOf(Date);
    expect(await bodies({ from: maria })).toEqual(['hello?']);
    await until(
      async () => (await clientOf(emulator).messages.list({ from: maria }))[0]?.status === 'received',
      { what: 'it counts as received' },
    );
  });

  it('compares the day of sending, in UTC, and leaves out what has not been sent', async () => {
    await send(maria, ['one']);
    const now = new Date();
    const [yesterday, tomorrow] = [new Date(now.getTime() - dayMs), new Date(now.getTime() + dayMs)];
    await until(async () => (await bodies({ dateSent: now })).length === 1, { what: 'it has been sent' });
    expect(await bodies({ dateSentAfter: now })).toEqual(['one']);
    expect(await bodies({ dateSentAfter: yesterday, dateSentBefore: tomorrow })).toEqual(['one']);
    expect(await bodies({ dateSentAfter: tomorrow })).toEqual([]);
    expect(await bodies({ dateSentBefore: now })).toEqual([]);
    expect(await bodies({ dateSent: yesterday })).toEqual([]);
    const today = now.toISOString().slice(0, 10);
    for (const name of ['DateSent', 'DateSent>', 'DateSent%3E', 'DateSent%3E%3D'])
      expect((await raw(`${name}=${today}`)).body['messages']).toHaveLength(1);
    for (const name of ['DateSent<', 'DateSent%3C', 'DateSent%3C%3D'])
      expect((await raw(`${name}=${today}`)).body['messages']).toEqual([]);
  });

  it('answers Twilio’s page JSON; the address of the next page keeps filters and has a token', async () => {
    await send(maria, ['1', '2', '3']);
    const { body } = await raw(`To=${encodeURIComponent(maria)}&PageSize=2`);
    expect(body).toMatchObject({
      page: 0,
      page_size: 2,
      start: 0,
      end: 1,
      previous_page_uri: null,
      first_page_uri: `/2010-04-01/Accounts/${accountSid}/Messages.json?To=%2B12025550143&PageSize=2&Page=0`,
      uri: `/2010-04-01/Accounts/${accountSid}/Messages.json?To=%2B12025550143&PageSize=2&Page=0`,
    });
    expect(body['next_page_uri']).toMatch(/\?To=%2B12025550143&PageSize=2&Page=1&PageToken=PA[0-9a-f]{32}$/);
    expect((await raw('Page=1&PageSize=2')).body['messages']).toMatchObject([{ body: '1' }]);
  });

  it('takes pages of 1,000', async () => {
    expect((await raw('PageSize=1000')).status).toBe(200);
  });

  it.each([
    ['a page of 1,001', 'PageSize=1001', 20007],
    ['an empty page', 'PageSize=0', 400],
    ['a page of some', 'PageSize=some', 400],
    ['a page before the first', 'Page=-1', 400],
    ['a token of its own making', 'PageToken=next', 400],
    ['a day in words', 'DateSent=yesterday', 400],
    ['an unreadable beginning', 'DateSent%3E=01/02/2026', 400],
  ])('refuses %s with a clear 400', async (_, query, code) => {
    const { status, body } = await raw(query);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code, status: 400, message: expect.any(String) });
  });
});
