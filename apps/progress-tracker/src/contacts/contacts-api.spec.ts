import { phoneSchema } from '@stopcovid/contracts';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, event, maria, registered } from '../tracker.testkit';

const numbered = (number: number) => phoneSchema.parse(`+1202555${1_000 + number}`);

describe('who asked to hear from a person', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  beforeEach(async () => {
    tracker = await runningTracker();
  });
  afterEach(() => tracker.close());

  const list = async (query = ''): Promise<readonly Record<string, unknown>[]> => {
    const { body } = await tracker.ask(`/v1/contact-requests${query}`);
    return body['items'] as readonly Record<string, unknown>[];
  };
  const done = (id: string, asks: object = { body: {} }) =>
    tracker.ask(`/v1/contact-requests/${encodeURIComponent(id)}/done`, asks);

  it('is listed until somebody has seen to it, and stays on record with who that was', async () => {
    await tracker.tell(
      batchOf(
        2,
        [
          event('SupportRequested', {
            prompt: { slug: 'soap', language: 'en', position: 2, of: 4, messages: [] },
          }),
        ],
        {
          trainee: registered,
        },
      ),
      batchOf(1, [event('DemoRequested', { word: 'opus' })], { phone: numbered(1) }),
    );
    expect(await list()).toMatchObject([
      { kind: 'demo', word: 'opus', phone: numbered(1) },
      { id: `${maria}:2:0`, kind: 'support', prompt: 'soap', employerId: registered.account.employerId },
    ]);

    const answered = await done(`${maria}:2:0`, { body: { note: 'called back' } });
    expect(answered).toMatchObject({ status: 200, body: { answer: { by: 'spec', note: 'called back' } } });
    expect(await list()).toMatchObject([{ kind: 'demo' }]);
    expect(await list('?answered=true&kind=support')).toMatchObject([{ answer: { note: 'called back' } }]);
    const again = await done(`${maria}:2:0`, { as: 'other', body: { note: 'I did' } });
    expect(again.body).toMatchObject({ answer: { by: 'spec', note: 'called back' } });
  });

  it('is found in pages, however many were seen to in between', async () => {
    const phones = Array.from({ length: 12 }, (_, number) => numbered(number));
    await tracker.tell(...phones.map((phone) => batchOf(1, [event('SupportRequested')], { phone })));
    for (const phone of phones.slice(0, 6)) await done(`${phone}:1:0`);
    const found: unknown[] = [];
    let query = '?limit=4';
    for (;;) {
      const { body } = await tracker.ask(`/v1/contact-requests${query}`);
      found.push(...(body['items'] as readonly { phone: string }[]).map(({ phone }) => phone));
      if (body['nextCursor'] === undefined) break;
      query = `?limit=4&cursor=${String(body['nextCursor'])}`;
    }
    expect(found.sort()).toEqual(phones.slice(6).sort());
  });

  it('is not there under another id, or one that is none', async () => {
    expect(await done(`${maria}:9:0`)).toMatchObject({ status: 404 });
    expect(await done('nobody')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'id' }] } });
  });

  it('is asked for by kinds that there are', async () => {
    const { status, body } = await tracker.ask('/v1/contact-requests?kind=complaint');
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'kind', detail: 'kind takes support or demo' }] },
    });
  });
});
