import { connectTwilio, type Twilio } from '@stopcovid/twilio';
import { carrierList, type ListedText } from './carrier-list';
import { minutesAgo, noon, sidOf, startListServer } from './sweep.testkit';

type ListServer = Awaited<ReturnType<typeof startListServer>>;
const servers: ListServer[] = [];
const callers: Twilio[] = [];
const serving = async (messages: Parameters<typeof startListServer>[0]): Promise<ListServer> => {
  const server = await startListServer(messages);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const twilio of callers.splice(0)) twilio.close();
  for (const server of servers.splice(0)) await server.close();
});

const read = async (
  { url }: ListServer,
  sinceMs: number,
  numbers: readonly string[] = [],
  until = new AbortController().signal,
): Promise<readonly ListedText[]> => {
  const account = 'AC00000000000000000000000000000001';
  const twilio = connectTwilio({ accountSid: account, username: account, password: 'p', apiUrl: url });
  callers.push(twilio);
  const list = carrierList(twilio, numbers);
  const all: ListedText[] = [];
  for await (const page of list(sinceMs, until)) all.push(...page);
  return all;
};
const inbound = (index: number, at: number) => ({ sid: sidOf(index), direction: 'inbound', at });

describe('the carrier’s list', () => {
  it('gives what came in, over all pages, as the carrier writes it', async () => {
    const server = await serving([
      inbound(4, minutesAgo(1)),
      { sid: sidOf(3), direction: 'outbound-api', at: minutesAgo(2) },
      inbound(2, minutesAgo(3)),
    ]);
    expect(await read(server, minutesAgo(60))).toEqual([
      expect.objectContaining({ sid: sidOf(4), from: 'whatsapp:+12025550143', media: 1, segments: 2 }),
      expect.objectContaining({ sid: sidOf(2), at: minutesAgo(3), body: `body of ${sidOf(2)}` }),
    ]);
    expect(server.asked.map(({ pathname }) => pathname)).toEqual([
      '/base/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json',
      '/base/2010-04-01/next.json',
    ]);
    expect(server.asked[0]?.searchParams.get('PageSize')).toBe('1000');
    expect(server.asked[0]?.searchParams.get('DateSent>')).toContain('2026-03-01');
  });

  it('is not read further than the time asked for, though it filters by day', async () => {
    const server = await serving([1, 2, 30, 40, 50, 60].map((ago, index) => inbound(index, minutesAgo(ago))));
    expect(await read(server, minutesAgo(10))).toHaveLength(2);
    expect(server.asked).toHaveLength(2);
  });

  it('is read for each of our numbers', async () => {
    const server = await serving([inbound(1, noon)]);
    await read(server, minutesAgo(10), ['+12025550100', 'whatsapp:+12025550100']);
    expect(server.asked.map(({ searchParams }) => searchParams.get('To'))).toEqual([
      '+12025550100',
      'whatsapp:+12025550100',
    ]);
  });

  it('is let go at once when the sweep has to stop, whatever hangs', async () => {
    const server = await serving([inbound(1, noon)]);
    server.state.raw = 'hang';
    const stopping = new AbortController();
    const reading = read(server, minutesAgo(10), [], stopping.signal);
    const ended = expect(reading).rejects.toThrow('the pod is told to go');
    while (server.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stopping.abort(new Error('the pod is told to go'));
    await ended;
  });

  it.each([
    ['HTML', 200, '<html>Sorry</html>'],
    ['half an answer', 200, '{"messages":[{"sid":"SM'],
    ['an error', 503, '{"code":20503}'],
    ['a refusal', 401, '{"code":20003}'],
  ])('that answers %s is no list, never an empty one', async (_what, status, body) => {
    const server = await serving([inbound(1, noon)]);
    server.state.raw = { status, body };
    await expect(read(server, minutesAgo(10))).rejects.toThrow();
  });
});
