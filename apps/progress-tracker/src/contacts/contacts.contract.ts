import { phoneSchema, type Trainee } from '@stopcovid/contracts';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import type { ContactAnswers } from './contact-answers';
import { contactRequestsIn, idOfContact } from './contact-request';
import type { ContactRequests } from './contact-requests';

const lucia = phoneSchema.parse('+12025550144');
const of = (employerId: string): Trainee => ({
  ...registered,
  account: { ...registered.account, employerId },
});
const asked = contactRequestsIn(
  batchOf(2, [event('MenuRequested'), event('SupportRequested')], { trainee: of('acme') }),
);
const demo = contactRequestsIn(
  batchOf(1, [event('DemoRequested', { word: 'OPUS' })], { phone: lucia, trainee: of('other') }),
);
const later = contactRequestsIn(batchOf(5, [event('SupportRequested')], { trainee: of('umbrella') }));

/** What every store of requests to be contacted must do. */
export const contactRequestsContract = (open: () => Promise<ContactRequests>): void => {
  const filled = async (): Promise<ContactRequests> => {
    const requests = await open();
    await requests.keep(later);
    await requests.keep([...asked, ...demo]);
    await requests.keep([...asked, ...later]);
    return requests;
  };

  it('lists each request once, whenever it was read, the longest wait first', async () => {
    const requests = await filled();
    expect(await requests.list({}, { limit: 10 })).toEqual([...demo, ...asked, ...later]);
    expect(await requests.one(`${maria}:2:1`)).toEqual({
      phone: maria,
      sequence: 2,
      index: 1,
      at: new Date('2026-03-02T10:00:00.000Z'),
      kind: 'support',
      employerId: 'acme',
      language: registered.profile.language,
      ...(registered.profile.name !== undefined && { name: registered.profile.name }),
    });
    expect(await requests.one(`${maria}:2:0`)).toBeUndefined();
  });

  it('goes on behind a place, in pages', async () => {
    const requests = await filled();
    const [first, second, third] = [...demo, ...asked, ...later];
    if (first === undefined || second === undefined) throw new Error('there are three');
    const after = { at: first.at, id: idOfContact(first) };
    expect(await requests.list({}, { limit: 1, after })).toEqual([second]);
    expect(await requests.list({}, { limit: 9, after: { at: second.at, id: idOfContact(second) } })).toEqual([
      third,
    ]);
  });

  it('tells them apart by kind and employer, and shows a limited key no others', async () => {
    const requests = await filled();
    const list = (filter: object) => requests.list(filter, { limit: 9 });
    expect(await list({ kind: 'demo' })).toEqual(demo);
    expect(await list({ employerId: 'umbrella' })).toEqual(later);
    expect(await list({ employers: ['acme'] })).toEqual(asked);
    expect(await list({ employerId: 'umbrella', employers: ['acme'] })).toEqual([]);
  });

  it('never changes what it has', async () => {
    const requests = await filled();
    await requests.keep(asked.map((request) => ({ ...request, kind: 'demo' as const })));
    expect(await requests.one(`${maria}:2:1`)).toMatchObject({ kind: 'support' });
  });
};

/** What every store of answers must do. */
export const contactAnswersContract = (open: () => ContactAnswers | Promise<ContactAnswers>): void => {
  const at = new Date('2026-03-04T12:00:00Z');

  it('keeps who was first, and tells whoever comes later', async () => {
    const answers = await open();
    const first = { id: 'one', by: 'ann', at, note: 'called back' };
    expect(await answers.keep(first)).toEqual(first);
    expect(await answers.keep({ id: 'one', by: 'ben', at: new Date() })).toEqual(first);
    expect(await answers.of(['one', 'two'])).toEqual(new Map([['one', first]]));
    expect(await answers.of([])).toEqual(new Map());
  });

  it('forgets those to requests from before an erasure, and nobody else’s', async () => {
    const answers = await open();
    const ids = ['+12025550143:2:0', '+12025550143:9:1', '+12025550143:10:0', '+120255501430:1:0'];
    for (const id of ids) await answers.keep({ id, by: 'ann', at, note: 'Maria asked for a day off' });
    await answers.forget({ phone: phoneSchema.parse('+12025550143'), sequence: 10, at });
    expect([...(await answers.of(ids)).keys()].sort()).toEqual(ids.slice(2).sort());
  });
};
