import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as elapsed } from 'node:timers/promises';
import { connectTwilio, type Twilio } from './connect-twilio';
import type { TwilioCall } from './twilio-http';

const accountSid = `AC${'0'.repeat(32)}`;

describe('the context of a call to Twilio', () => {
  let server: Server;
  let twilio: Twilio;
  const seen: TwilioCall[] = [];

  beforeEach(async () => {
    seen.length = 0;
    server = createServer((request, response) => {
      const waits = request.url?.includes('PageSize=7') === true;
      setTimeout(
        () => response.setHeader('content-type', 'application/json').end('{"sid":"SM1","messages":[]}'),
        waits ? 5_000 : 20,
      ).unref();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    twilio = connectTwilio(
      {
        apiUrl: new URL(`http://127.0.0.1:${port}`),
        accountSid,
        username: accountSid,
        password: 'secret',
      },
      { observe: (call) => seen.push(call) },
    );
  });
  afterEach(async () => {
    twilio.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const send = (): Promise<unknown> => twilio.client.messages.create({ to: '+12025550100', body: 'hello' });

  it('is that of each text alone, however many are under way', async () => {
    const texts = ['one', 'two'].map((messageId) => twilio.during({ messageId }, send));
    const other = send();
    await elapsed(1);
    const late = twilio.during({ messageId: 'three' }, send);
    await Promise.all([...texts, other, late]);
    expect(seen.map(({ messageId }) => messageId)).toEqual(['one', 'two', undefined, 'three']);
  });

  it('ends the calls that were made under its signal, and no others', async () => {
    const ending = new AbortController();
    const page = twilio.during({ signal: ending.signal }, () => twilio.client.messages.page({ pageSize: 7 }));
    const other = send();
    ending.abort(new Error('enough'));
    await expect(page).rejects.toThrow('enough');
    await other;
    expect(seen.map(({ status }) => status)).toEqual([undefined, 200]);
  });

  it('is nobody’s after calls that could not be made', async () => {
    const refuse = (): Promise<unknown> => {
      throw new Error('no call');
    };
    expect(() => twilio.during({ messageId: 'one' }, refuse)).toThrow('no call');
    await send();
    expect(seen.map(({ messageId }) => messageId)).toEqual([undefined]);
  });
});
