import { timestampSchema } from '@stopcovid/contracts';
import { logRecord } from '../messages/messages.testkit';
import { runningTracker } from '../operations/operations.testkit';

describe('budgets on the API', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;

  beforeAll(async () => {
    tracker = await runningTracker();
    const sent = { messageId: 'ours-1', sid: 'SM-1', segments: 3, employerId: 'acme' };
    const at = timestampSchema.parse(new Date().toISOString());
    await tracker.tellOfTexts({ ...logRecord('SmsSent', sent, 1), at });
  }, 15_000);
  afterAll(() => tracker.close());

  const budgets = async (path = '', method = 'GET', body?: object) => {
    const answer = await tracker.ask(`/v1/budgets${path}`, { method, body });
    return { status: answer.status, body: answer.body };
  };

  it('say whose is spent, from the moment when they are set until they are lifted', async () => {
    await expect(budgets()).resolves.toEqual({ status: 200, body: { items: [] } });
    await expect(budgets('/acme', 'PUT', { segmentsPerMonth: 3 })).resolves.toEqual({
      status: 204,
      body: {},
    });
    await expect(budgets('/spent')).resolves.toEqual({ status: 200, body: { employerIds: ['acme'] } });
    await budgets('/acme', 'PUT', { segmentsPerMonth: 4 });
    await expect(budgets()).resolves.toMatchObject({
      body: { items: [{ employerId: 'acme', segments: 3, segmentsPerMonth: 4, spent: false }] },
    });
    await expect(budgets('/acme', 'DELETE')).resolves.toEqual({ status: 204, body: {} });
    await expect(budgets('/acme', 'DELETE')).resolves.toMatchObject({ status: 404 });
    await expect(budgets('/spent')).resolves.toEqual({ status: 200, body: { employerIds: [] } });
  });

  it.each([
    [{}, 'segmentsPerMonth'],
    [{ segmentsPerMonth: -1 }, 'segmentsPerMonth'],
    [{ segmentsPerMonth: '3' }, 'segmentsPerMonth'],
    [{ segmentsPerMonth: 3, currency: 'EUR' }, 'currency'],
  ])('refuse %j with the reason', async (body, field) => {
    const answer = await budgets('/acme', 'PUT', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(field);
  });
});
