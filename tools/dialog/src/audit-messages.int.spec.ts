import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CarrierEmulatorConfig, startCarrierEmulator } from '@stopcovid/carrier-emulator';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoMessageStore, type LoggedMessage } from '@stopcovid/progress-tracker';
import { freePort, loadConfig, type RunningApp, until } from '@stopcovid/runtime';
import type { Twilio } from '@stopcovid/twilio';
import { logged, maria, ownNumber } from './audit.testkit';
import { exitCodes } from './exit';
import { run } from './terminal.testkit';

jest.setTimeout(60_000);

const accountSid = 'AC0123456789abcdef0123456789abcdef';
const authToken = 'a-token-for-tests';
const quiet = { info: () => undefined, warn: () => undefined };

const startEmulator = (webhookUrl: string): Promise<RunningApp> => {
  const config = loadConfig(CarrierEmulatorConfig, {
    PORT: '0',
    ACCOUNT_SID: accountSid,
    AUTH_TOKEN: authToken,
    NUMBER: ownNumber,
    WEBHOOK_URL: webhookUrl,
    STEP_MS: '5',
    LOG_LEVEL: 'error',
    PHONES: `${maria}=Maria`,
  });
  return startCarrierEmulator(config);
};

const emulated = async () => {
  const emulator = await startEmulator(`http://127.0.0.1:${await freePort()}/nobody`);
  const access = { accountSid, username: accountSid, password: authToken, apiUrl: new URL(emulator.url) };
  const { connectTwilio } = await import('@stopcovid/twilio');
  const { client } = connectTwilio(access);
  return { emulator, client };
};

/** Sends a text and answers with its sid, once it is delivered. */
const delivered = async (client: Twilio['client'], body: string): Promise<string> => {
  const { sid } = await client.messages.create({ to: maria, from: ownNumber, body });
  return until(async () => ((await client.messages(sid).fetch()).status === 'delivered' ? sid : undefined));
};

const textFrom = async (emulator: RunningApp, text: string): Promise<void> => {
  const response = await fetch(`${emulator.url}/emulator/api/texts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ from: maria, text }),
  });
  expect(response.status).toBe(201);
};

/** A command line whose database holds this log. */
const auditOf = async (log: readonly LoggedMessage[]) => {
  const { url } = testDatabase();
  const mongo = await connectMongo({ url, appName: 'spec', logger: quiet });
  const store = await mongoMessageStore(mongo);
  await expect(store.save({ changes: log.map((next) => ({ next })), absorbed: [] })).resolves.toBe(true);
  return {
    audit: (environment: NodeJS.ProcessEnv, ...more: string[]) =>
      run(['audit-messages', '--since', '1h', '--settle', '0m', '--json', ...more], [], {
        MONGODB_URL: url,
        TWILIO_ACCOUNT_SID: accountSid,
        TWILIO_AUTH_TOKEN: authToken,
        ...environment,
      }),
    close: async () => {
      await mongo.dropDatabase();
      await mongo.close();
    },
  };
};

const absent = (letter: string): string => `SM${letter.repeat(32)}`;

const reasonsIn = (lines: readonly string[]): readonly string[] =>
  lines
    .slice(0, -1)
    .map((line) => String(Object(JSON.parse(line)).reason))
    .sort();

it('what the carrier lost, doubled, delivered unseen or got from others is found, and what agrees is not', async () => {
  const { emulator, client } = await emulated();
  const [well, unseen, first, second, given, copy] = [
    await delivered(client, 'all is well'),
    await delivered(client, 'no callback'),
    await delivered(client, 'sent twice'),
    await delivered(client, 'sent twice'),
    await delivered(client, 'given up'),
    await delivered(client, 'all is well'),
  ];
  await delivered(client, 'from somebody else');
  await textFrom(emulator, 'never arrived');
  const at = new Date();
  const { audit, close } = await auditOf([
    logged('well', { sids: [well], body: 'all is well', at }),
    logged('unseen', { sids: [unseen], body: 'no callback', status: 'sent', at }),
    logged('twice', { sids: [first, second].sort(), body: 'sent twice', at }),
    logged('lost', { sids: [absent('a')], at }),
    logged('given', { sids: [], body: 'given up', status: 'failed', at }),
  ]);

  const found = await audit({ TWILIO_API_URL: emulator.url });
  expect(found.err.join('\n')).toContain('minutes of both logs');
  expect(reasonsIn(found.out)).toEqual([
    'callbackMissed',
    'copyAtCarrier',
    'notAtCarrier',
    'notInLog',
    'notInLog',
    'sentAfterAll',
    'severalSids',
  ]);
  expect(found.out.join('\n')).not.toContain(maria);
  expect(found.out.find((line) => line.includes('copyAtCarrier'))).toContain(copy);
  expect(found.out.find((line) => line.includes('sentAfterAll'))).toContain(given);
  expect(JSON.parse(found.out.at(-1) ?? '')).toMatchObject({
    summary: { ours: 5, theirs: 8, lost: 2, doubled: 2, unknown: 1, neverFinal: 1, disagreement: 1 },
  });
  expect(found.exit).toBe(exitCodes.problems);

  const others = await audit({ TWILIO_API_URL: emulator.url }, '--number', '+12025550199');
  expect(reasonsIn(others.out)).not.toContain('notInLog');
  await close();
  await emulator.close();
});

it('two logs that agree are well, and a refused password or an absent carrier is no finding', async () => {
  const { emulator, client } = await emulated();
  const sid = await delivered(client, 'all is well');
  const { audit, close } = await auditOf([
    logged('well', { sids: [sid], body: 'all is well', at: new Date() }),
  ]);
  await expect(audit({ TWILIO_API_URL: emulator.url })).resolves.toMatchObject({ exit: exitCodes.ok });

  const refused = await audit({ TWILIO_API_URL: emulator.url, TWILIO_AUTH_TOKEN: 'wrong-token' });
  expect(refused).toMatchObject({ exit: exitCodes.usage, out: [] });
  expect(refused.err.join('\n')).toContain('Twilio refuses (401)');
  expect(refused.err.join('\n')).not.toContain('wrong-token');

  const away = await audit({ TWILIO_API_URL: `http://127.0.0.1:${await freePort()}` });
  expect(away).toMatchObject({ exit: exitCodes.unavailable, out: [] });
  await close();
  await emulator.close();
});

it('what is no list of the carrier is never taken for an empty one', async () => {
  const answers = ['<html>Sorry</html>', '{"messages":[{"sid":"SM', '{}', '{"messages":[{}]}'];
  const server = createServer((_request, response) => void response.end(answers[0]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { audit, close } = await auditOf([]);
  for (; answers.length > 0; answers.shift())
    expect({
      answer: answers[0],
      ...(await audit({ TWILIO_API_URL: `http://127.0.0.1:${port}` })),
    }).toMatchObject({
      exit: exitCodes.unavailable,
      out: [],
    });
  await close();
  await new Promise((resolve) => server.close(resolve));
});
