import { phoneSchema, traineeSchema } from '@stopcovid/contracts';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { runningTracker } from './operations.testkit';

const told = phoneSchema.parse('+12025550145');
const ownZone = traineeSchema.parse({
  ...registered,
  profile: { ...registered.profile, timeZone: 'America/Denver', timeZoneSource: 'trainee' },
});
const heading = 'phone,name,time_zone,labels,date_hired,consent_source,consent_on';

describe('importing trainees', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;

  beforeEach(async () => {
    tracker = await runningTracker();
    await tracker.tell(
      batchOf(1, [event('MenuRequested')], { trainee: registered }),
      batchOf(1, [event('MenuRequested')], { phone: told, trainee: ownZone }),
    );
  }, 15_000);
  afterEach(() => tracker.close());

  const send = (rows: readonly string[], query = '?country=US&employerId=acme') =>
    tracker.ask(`/v1/imports${query}`, { body: rows.join('\n'), contentType: 'text/csv' });

  it('enrols whom nobody knows, updates whom we know, and rejects what cannot be taken', async () => {
    const answer = await send([
      heading,
      '(202) 555-0180,Ann,America/Chicago,night;new,2026-01-05,signed form,2026-01-05',
      `${maria},Maria,America/New_York,,,signed form,2026-01-05`,
      `${told},Tom,America/New_York,,,signed form,2026-01-05`,
      '(202) 555-0181,Bob,EST,,,,',
    ]);
    expect(answer).toMatchObject({
      status: 202,
      body: { rows: 4, enrolled: 1, updated: 2, rejected: 1, rejects: [{ line: 5 }] },
    });
    expect(JSON.stringify(answer.body['rejects'])).toMatch(/consent_source.*time_zone/);
    const commands = new Map(tracker.commands().map((command) => [command.phone, command]));
    expect([...commands.values()]).toHaveLength(3);
    expect(commands.get(phoneSchema.parse('+12025550180'))).toMatchObject({
      type: 'EnrolTrainee',
      source: 'import',
      profile: { name: 'Ann', timeZone: 'America/Chicago', timeZoneSource: 'import' },
      account: { employerId: 'acme', labels: ['night', 'new'], dates: { hired: '2026-01-05' } },
      consent: { source: 'signed form', at: '2026-01-05' },
    });
    expect(commands.get(maria)).toMatchObject({
      type: 'UpdateTrainee',
      profile: { name: 'Maria', timeZone: 'America/New_York' },
    });
    expect(commands.get(told)).toMatchObject({ type: 'UpdateTrainee', profile: { name: 'Tom' } });
    expect(commands.get(told)).not.toHaveProperty('profile.timeZone');
  });

  it('asks the same of the engine for the same row, under the same id', async () => {
    const rows = [heading, '(202) 555-0180,Ann,,,,signed form,2026-01-05'];
    await send(rows);
    await send(rows);
    const ids = tracker.commands().map(({ commandId }) => commandId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('opts nobody in: who opted out stays so, and the report says it', async () => {
    const out = phoneSchema.parse('+12025550146');
    const optedOut = traineeSchema.parse({ ...registered, optedOut: true });
    await tracker.tell(batchOf(1, [event('MenuRequested')], { phone: out, trainee: optedOut }));
    const rows = [
      heading,
      `${out},Omar,,,,signed anew,2026-06-05`,
      `${maria},Maria,,,,signed anew,2026-06-05`,
    ];
    await expect(send(rows)).resolves.toMatchObject({ status: 202, body: { updated: 2, optedOut: 1 } });
    const asked = tracker.commands();
    expect(asked).toHaveLength(2);
    expect(asked.find(({ phone }) => phone === out)).toMatchObject({
      type: 'UpdateTrainee',
      profile: { name: 'Omar' },
    });
    expect(JSON.stringify(asked)).not.toContain('signed anew');
  });

  it('publishes nothing in a dry run', async () => {
    const answer = await send([heading, `${maria},Maria,,,,form,2026-01-05`], '?dryRun=true');
    expect(answer).toMatchObject({ status: 202, body: { rows: 1, updated: 1 } });
    expect(tracker.commands()).toEqual([]);
  });

  it.each([
    ['no table', '', 'text/csv', 400, 'empty'],
    ['a file without consent', 'phone\n+12025550180', 'text/csv', 400, 'consent_source'],
    ['another type of body', '{"phone":"+12025550180"}', 'application/json', 415, 'text/csv'],
  ])('refuses %s, and says why', async (_what, body, contentType, status, reason) => {
    const answer = await tracker.ask('/v1/imports', { body, contentType });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(reason);
    expect(tracker.commands()).toEqual([]);
  });

  it('refuses a date whose name the record cannot hold, as a row', async () => {
    const columns = 'phone,date_1 bad!,consent_source,consent_on';
    const answer = await send([columns, '(202) 555-0180,2026-01-05,form,2026-01-05']);
    expect(answer).toMatchObject({ status: 202, body: { rows: 1, rejected: 1, rejects: [{ line: 2 }] } });
  });
});
