import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBatch, decodeCommand, decodeLogRecord, deadLetterTopic, topics } from '@stopcovid/contracts';
import { kafkaPublisher, type Publisher } from '@stopcovid/kafka';
import { createRuntime, until } from '@stopcovid/runtime';
import { startStack, type Stack } from '@stopcovid/stack';
import type { Browser, Page } from 'playwright-core';
import { signatureOf } from '@stopcovid/twilio';
import { stopAndStartAgain, takeTheFirstDrills } from './first-course.testkit';
import { openBrowser, openPhones, PhoneOnPage } from './phone-page.testkit';
import { ScheduledDay } from './scheduled-day.testkit';
import { readTopics, type TopicReader } from './topic-reader.testkit';
import { unservedQueries } from './mongo-unserved-queries.testkit';

const fromEnvironment = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: npm test -- --only e2e starts what this spec needs`);
  return value;
};

const parsed = <T>(decoded: { ok: true; value: T } | { ok: false; error: { reason: string } }): T => {
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
};

const numbers: string[] = [];
const newNumber = (): string => {
  const number = `+1202${randomInt(2_000_000, 9_999_999)}`;
  numbers.push(number);
  return number;
};

describe('four services on a real Kafka and a MongoDB-protocol server', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let topicReader: TopicReader;
  let publisher: Publisher;

  beforeAll(async () => {
    const kafkaBrokers = fromEnvironment('KAFKA_BROKERS');
    stack = await startStack({
      kafkaBrokers,
      mongodbUrl: fromEnvironment('MONGODB_URL'),
      root: join(__dirname, '..', '..', '..'),
      say: () => undefined,
      pauseMs: 20,
      preload: { 'dialog-engine': join(__dirname, '..', 'dist', 'clock-on-signal.testkit.js') },
    });
    topicReader = await readTopics(kafkaBrokers, [
      topics.dialogCommands,
      topics.dialogEvents,
      topics.smsLog,
      deadLetterTopic(topics.dialogCommands),
    ]);
    const { logger } = createRuntime('spec', { LOG_LEVEL: 'error', LOG_FORMAT: 'json' });
    publisher = kafkaPublisher({ brokers: kafkaBrokers.split(','), clientId: 'spec' }, { logger });
    browser = await openBrowser();
    page = await openPhones(browser, stack.phonesUrl);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await publisher?.close();
    await topicReader?.close();
    await stack?.stop();
  }, 60_000);

  const api = (path: string, key = stack.apiKey): Promise<Response> =>
    fetch(`${stack.progressUrl}${path}`, { headers: { authorization: `Bearer ${key}` } });

  const addPhone = async (): Promise<PhoneOnPage> => {
    const number = newNumber();
    const response = await fetch(`${stack.phonesUrl}/emulator/api/phones`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number, name: 'Ana' }),
    });
    expect(response.status).toBe(201);
    await page.locator(`[data-phone="${number}"]`).waitFor();
    return new PhoneOnPage(page, number);
  };

  it('carries a whole course from the phone through every topic to the progress API', async () => {
    const phone = await addPhone();
    await takeTheFirstDrills(phone);
    await stopAndStartAgain(phone);

    const events = await topicReader.until(topics.dialogEvents, phone.number, (found) =>
      found.some(({ value }) => value?.toString().includes('"TraineeOptedIn"') === true),
    );
    const batches = events.map(({ value }) => parsed(decodeBatch(value ?? Buffer.alloc(0))));
    expect(batches.map(({ version }) => version)).toEqual(batches.map((_, index) => index + 1));
    expect(batches.flatMap((batch) => batch.events.map(({ type }) => type))).toEqual(
      expect.arrayContaining([
        'TraineeRegistered',
        'DrillStarted',
        'PromptFailed',
        'PromptCompleted',
        'DrillCompleted',
        'MenuRequested',
        'TraineeOptedOut',
        'DrillAbandoned',
      ]),
    );

    const commands = await topicReader.until(
      topics.dialogCommands,
      phone.number,
      (found) => found.length >= batches.length,
    );
    const decided = new Set(batches.map(({ commandId }) => commandId));
    expect(
      commands
        .map(({ value }) => parsed(decodeCommand(value ?? Buffer.alloc(0))).commandId)
        .every((id) => decided.has(id)),
    ).toBe(true);

    const logged = await topicReader.until(topics.smsLog, phone.number, (found) => found.length > 20);
    const kinds = new Set(logged.map(({ value }) => parsed(decodeLogRecord(value ?? Buffer.alloc(0))).type));
    expect([...kinds].sort()).toEqual(['SmsReceived', 'SmsSent', 'SmsStatusChanged']);

    const response = await api(`/v1/trainees/${encodeURIComponent(phone.number)}`);
    expect(response.status).toBe(200);
    const trainee = (await response.json()) as {
      name: string;
      account: object;
      answers: object;
      optedOut: boolean;
      runs: { drill: string; status: string; right?: number; graded?: number }[];
    };
    expect(trainee).toMatchObject({
      name: 'Maria',
      account: { employerName: 'Acme Kitchens' },
      answers: { handWashesPerShift: 12 },
      optedOut: false,
    });
    const completed = trainee.runs.filter(({ status }) => status === 'completed');
    expect(completed.map(({ drill, right, graded }) => ({ drill, right, graded }))).toEqual(
      expect.arrayContaining([expect.objectContaining({ drill: '01-clean-hands', right: 3, graded: 4 })]),
    );
    expect(trainee.runs.some(({ status }) => status === 'abandoned')).toBe(true);
  }, 120_000);

  it('starts the day’s drill, once, for all whose hour has come and for nobody else', async () => {
    const day = new ScheduledDay({ stack, topicReader, publisher, probe: newNumber() });
    const { shop, nightShift } = day.employers;
    const [inTwoHours, opens] = [day.timeIn(2), `${day.timeIn(3).slice(0, 2)}:00`];
    const [newcomer] = await day.enrol([newNumber()], shop);
    await day.enrol([newNumber()], nightShift);
    await day.schedule(shop, { time: inTwoHours });
    await day.schedule(nightShift, { time: inTwoHours, opens });

    await day.setBackClock();
    const [awake, [stopped, paused, busy], [later], [asleep]] = await Promise.all([
      day.enrol(Array.from({ length: 10 }, newNumber), shop),
      day.enrol([newNumber(), newNumber(), newNumber()], shop),
      day.enrol([newNumber()], shop, { preferredTime: inTwoHours }),
      day.enrol([newNumber()], nightShift),
    ]);
    await day.abandon([...awake, stopped!, paused!, later!, asleep!]);
    await day.setClockRight();
    await day.text(stopped!, 'STOP');
    await day.text(paused!, 'PAUSE');
    await until(async () => (await day.ahead(stopped!)).idle === 'optedOut');
    await until(async () => (await day.ahead(paused!)).idle === 'paused');

    await day.schedule(nightShift, { time: day.timeIn(0), opens });
    await day.schedule(shop, { time: day.timeIn(0) });
    for (const trainee of awake) await day.starts(trainee);
    await day.answer(awake, ['b', 'b', 'a', 'b', '12']);

    const others = [stopped!, paused!, busy!, later!, asleep!, newcomer!];
    const everybody = [...awake, ...others];
    const looks = await day.looks();
    await day.schedule(nightShift, { time: day.timeIn(1), opens });
    await day.schedule(shop, { time: day.timeIn(-1) });
    await until(async () => (await day.looks()) >= looks + everybody.length);

    await expect(Promise.all(others.map((trainee) => day.ahead(trainee)))).resolves.toEqual([
      { idle: 'optedOut' },
      { idle: 'paused' },
      { next: expect.not.stringContaining(day.date) as string },
      { next: `${day.date} ${inTwoHours}` },
      { next: `${day.date} ${opens}` },
      { next: expect.not.stringContaining(day.date) as string },
    ]);
    const drill = '01-clean-hands';
    await expect(Promise.all(everybody.map((trainee) => day.lived(trainee)))).resolves.toEqual([
      ...awake.map(() => ({ starts: [drill], questions: 1, completed: [drill] })),
      ...others.map(() => ({ starts: [], questions: 0, completed: [] })),
    ]);
  }, 90_000);

  it('shows each text once, delivered, with its picture', async () => {
    const phone = await addPhone();
    await phone.text('HYGIENE');
    await phone.reads(/Which language/);
    await phone.text('Español');
    await phone.reads(/¿Cómo te llamas\?/);
    await phone.text('José');
    await phone.reads(/José/);
    await phone.reads(/¿Cuánto tiempo debes frotarte/);
    const bodies = await phone.bodies();
    expect(new Set(bodies).size).toBe(bodies.length);
    await expect(phone.pictures()).resolves.toBe(1);
    await expect(phone.statuses()).resolves.toEqual(['delivered', 'delivered', 'delivered']);
  }, 60_000);

  it('refuses a forged webhook and produces nothing of it', async () => {
    const forged = newNumber();
    const form = new URLSearchParams({
      MessageSid: `SM${'0'.repeat(32)}`,
      From: forged,
      To: '+12025550100',
      Body: 'HYGIENE',
    });
    const unsigned = await fetch(`${stack.ingressUrl}/webhooks/twilio`, { method: 'POST', body: form });
    expect(unsigned.status).toBe(403);

    const url = `${stack.ingressUrl}/webhooks/twilio`;
    const sound = Object.fromEntries(form);
    const signature = signatureOf(stack.authToken, { url, parameters: sound });
    const altered = new URLSearchParams({ ...sound, Body: 'STOP' });
    const changed = await fetch(url, {
      method: 'POST',
      body: altered,
      headers: { 'x-twilio-signature': signature },
    });
    expect(changed.status).toBe(403);

    const good = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { 'x-twilio-signature': signature },
    });
    expect(good.status).toBe(200);
    const produced = await topicReader.until(topics.dialogCommands, forged, (found) => found.length > 0);
    expect(produced.map(({ value }) => parsed(decodeCommand(value ?? Buffer.alloc(0))))[0]).toMatchObject({
      type: 'ReceiveSms',
      text: 'HYGIENE',
    });
  }, 60_000);

  it('answers 413 to a body over 64 KiB', async () => {
    const response = await fetch(`${stack.ingressUrl}/webhooks/twilio`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `Body=${'x'.repeat(70_000)}`,
    });
    expect(response.status).toBe(413);
  });

  it('decides a webhook that comes again only once, whatever is published again', async () => {
    const number = newNumber();
    const url = `${stack.ingressUrl}/webhooks/twilio`;
    const form = {
      MessageSid: `SM${randomInt(1e9)}`,
      From: number,
      To: '+12025550100',
      Body: 'TRYOUT',
      NumMedia: '0',
    };
    const headers = { 'x-twilio-signature': signatureOf(stack.authToken, { url, parameters: form }) };
    for (let time = 0; time < 3; time += 1)
      await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
    await topicReader.until(topics.dialogCommands, number, (found) => found.length >= 4);
    const events = await topicReader.until(topics.dialogEvents, number, (found) =>
      found.some(({ value }) => value?.toString().includes('"DrillStarted"') === true),
    );
    const batches = events.map(({ value }) => parsed(decodeBatch(value ?? Buffer.alloc(0))));
    const ofText = batches.filter(({ commandId }) => commandId === form.MessageSid);
    expect(new Set(ofText.map((batch) => JSON.stringify(batch))).size).toBe(1);
    expect(new Set(batches.map(({ version }) => version)).size).toBe(2);
  }, 60_000);

  it('puts a malformed command aside and goes on with the next', async () => {
    const number = newNumber();
    const stop = {
      type: 'OptOutTrainee',
      schemaVersion: 1,
      commandId: `stop-${randomInt(1e9)}`,
      phone: number,
      at: new Date().toISOString(),
      source: 'operator',
    };
    await publisher.publish(topics.dialogCommands, [
      { key: number, value: '{"type":' },
      { key: number, value: JSON.stringify({ ...stop, source: 17, commandId: 'never' }) },
      { key: number, value: JSON.stringify(stop) },
    ]);
    const dead = await topicReader.until(
      deadLetterTopic(topics.dialogCommands),
      number,
      (found) => found.length >= 2,
    );
    expect(dead.map(({ value }) => value?.toString().slice(0, 8))).toEqual(['{"type":', '{"type":']);
    const [batch] = await topicReader.until(topics.dialogEvents, number, (found) => found.length > 0);
    expect(parsed(decodeBatch(batch?.value ?? Buffer.alloc(0)))).toMatchObject({
      version: 1,
      events: [{ type: 'TraineeOptedOut', source: 'operator' }],
    });
  }, 60_000);

  it('tells nobody anything without an API key', async () => {
    expect((await api('/v1/trainees', 'wrong-key-of-someone')).status).toBe(401);
    expect((await api('/v1/trainees')).status).toBe(200);
  });

  it('asked no collection anything on the way of a text or at a tick that no index serves', async () => {
    expect(await unservedQueries(stack.mongodbUrl)).toEqual([]);
  });

  it('writes no phone number and nothing that a trainee wrote into any log', () => {
    const logs = [...stack.services.values()].map(({ app, logFile }) => ({
      app,
      text: readFileSync(logFile, 'utf8'),
    }));
    const personal = [...numbers.map((number) => number.slice(1)), 'fingertps', 'not a code at all', 'José'];
    const found = logs.flatMap(({ app, text }) =>
      personal.filter((word) => text.includes(word)).map((word) => `${app}: ${word}`),
    );
    expect(logs.every(({ text }) => text.length > 0)).toBe(true);
    expect(found).toEqual([]);
  });
});
