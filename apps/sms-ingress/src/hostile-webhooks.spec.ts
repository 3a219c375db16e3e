import { request } from 'node:http';
import type { RunningApp } from '@stopcovid/runtime';
import {
  decoded,
  inbound,
  post,
  recordingPublisher,
  signed,
  startIngress,
  statusOf,
} from './ingress.testkit';
import { parseForm } from './webhook-form';

const megabyte = Buffer.alloc(1024 * 1024, 'a');

/** Streams so many megabytes without saying how many; answers the status, or that the connection was cut. */
const stream = (url: string, megabytes: number): Promise<number | 'cut'> =>
  new Promise((resolve) => {
    const sending = request(`${url}/webhooks/twilio`, { method: 'POST', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', () => resolve('cut'));
    for (let sent = 0; sent < megabytes; sent += 1) sending.write(megabyte);
    sending.end();
  });

describe('webhooks', () => {
  const { publisher, records } = recordingPublisher();
  let app: RunningApp;
  beforeAll(async () => {
    app = await startIngress(publisher);
  });
  afterAll(() => app.close());
  beforeEach(() => void records.splice(0));

  const ids = (): unknown[] =>
    decoded(records).flatMap(({ value }) => ('commandId' in value ? [value.commandId] : []));
  const text = (sid: string) => post(app.url, signed(inbound({ MessageSid: sid })));

  it('that are repeated, also at the same moment, are taken each time under one id', async () => {
    const answers = await Promise.all([text('SM1'), text('SM1'), text('SM1')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(ids()).toEqual(['SM1', 'SM1', 'SM1']);
  });

  it('are taken in the order in which they come, whatever their ids say', async () => {
    for (const sid of ['SM3', 'SM1', 'SM2']) await text(sid);
    expect(ids()).toEqual(['SM3', 'SM1', 'SM2']);
  });

  it('about a text that nobody knows are recorded: it may be told of later', async () => {
    const answer = await post(app.url, signed(statusOf('delivered', { MessageSid: 'SMunknown' })));
    expect(answer.status).toBe(200);
    expect(decoded(records)).toMatchObject([{ value: { type: 'SmsStatusChanged', sid: 'SMunknown' } }]);
  });

  it('that report in any order are all recorded', async () => {
    for (const status of ['delivered', 'queued', 'sent', 'delivered'])
      await post(app.url, signed(statusOf(status)));
    expect(decoded(records).map(({ value }) => 'status' in value && value.status)).toEqual([
      'delivered',
      'queued',
      'sent',
      'delivered',
    ]);
  });

  it.each([
    ['one name', Array.from({ length: 8_000 }, () => 'a')],
    ['names of their own', Array.from({ length: 8_000 }, (_, index) => `a${index}`)],
  ])('of thousands of fields with %s are refused before anything is made of them', async (_, fields) => {
    const before = process.cpuUsage();
    const answer = await post(app.url, { body: fields.join('&'), signature: 'a-signature' });
    const { user } = process.cpuUsage(before);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('more than 1000 fields');
    expect(user / 1_000).toBeLessThan(500);
  });

  it('with a name hundreds of times are read, and have its values in their order', () => {
    const values = Array.from({ length: 1_000 }, (_, index) => String(index));
    expect(parseForm(Buffer.from(values.map((value) => `a=${value}`).join('&')))).toEqual({ a: values });
    expect(parseForm(Buffer.from('a=1&b=2&a=3'))).toEqual({ a: ['1', '3'], b: '2' });
  });

  it('to an address longer than any that Twilio calls are taken for forged', async () => {
    const path = `/webhooks/twilio?${'x'.repeat(2_048)}`;
    await expect(post(app.url, signed(inbound(), { path }))).resolves.toMatchObject({ status: 403 });
  });

  it('of ten megabytes are refused or cut, and the next one is taken', async () => {
    expect(['cut', 413]).toContain(await stream(app.url, 10));
    expect(records).toEqual([]);
    await expect(text('SM1')).resolves.toMatchObject({ status: 200 });
  });
});
