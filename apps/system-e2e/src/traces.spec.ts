import { PlaygroundConfig, startPlayground } from '@stopcovid/playground';
import { freePort, traceIdOf, until } from '@stopcovid/runtime';
import { startCollector, type Collector, type ToldSpan } from './collector.testkit';

const phone = '+12025550143';

/** Lets a person text a code, waits for the answer, and stops the product, which then tells its last spans. Gives the text's id. */
const liveThrough = async (collector: Collector): Promise<string> => {
  const config = Object.assign(new PlaygroundConfig(), {
    PORT: await freePort(),
    LOG_LEVEL: 'fatal',
    PAUSE_MS: 1,
    OTEL_EXPORTER_OTLP_ENDPOINT: new URL(collector.url),
  });
  const playground = await startPlayground(config);
  const post = (path: string, body: object): Promise<Response> =>
    fetch(new URL(path, playground.phonesUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  try {
    await post('/emulator/api/phones', { number: phone });
    const text = await post('/emulator/api/texts', { from: phone, text: 'HYGIENE' });
    const messages = `${playground.progressUrl}/v1/messages?phone=${encodeURIComponent(phone)}`;
    const headers = { authorization: `Bearer ${playground.apiKey}` };
    const written = async (): Promise<string> => (await fetch(messages, { headers })).text();
    await until(async () => (await written()).includes('delivered'), { limitMs: 10_000 });
    return ((await text.json()) as { readonly sid: string }).sid;
  } finally {
    await playground.close();
  }
};

describe('the spans of one text', () => {
  let collector: Collector;
  let way: readonly ToldSpan[];

  beforeAll(async () => {
    collector = await startCollector();
    const sid = await liveThrough(collector);
    way = collector.spans().filter(({ traceId }) => traceId === traceIdOf(sid));
  }, 30_000);

  afterAll(() => collector.close());

  it('are of one trace, named by the id of the text, from the webhook to the carrier and the log of messages', () => {
    const steps = new Set(way.map(({ service, name }) => `${service}: ${name}`));
    expect([...steps]).toEqual(
      expect.arrayContaining([
        expect.stringContaining('sms-ingress: POST /webhooks/twilio'),
        'sms-ingress: send dialog.commands.v1',
        'sms-ingress: send sms.log.v1',
        'dialog-engine: process dialog.commands.v1',
        'dialog-engine: slice dialog.commands.v1',
        'dialog-engine: send dialog.events.v1',
        'sms-sender: process dialog.events.v1',
        'progress-tracker: process dialog.events.v1',
        'sms-sender: send text',
        'sms-sender: send sms.log.v1',
        'progress-tracker: process sms.log.v1',
      ]),
    );
  });

  it('each follow from another of them, all from the webhook', () => {
    const known = new Set(way.map(({ spanId }) => spanId));
    const roots = way.filter(({ parentSpanId }) => parentSpanId === undefined || !known.has(parentSpanId));
    expect(roots.map(({ name }) => name)).toEqual([expect.stringContaining('POST /webhooks/twilio')]);
  });

  it('hold no phone, as neither does anything else that the collector was sent', () => {
    expect(collector.everything()).not.toMatch(/202\D?555\D?01/);
  });
});
