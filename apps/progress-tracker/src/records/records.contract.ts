import { phoneSchema } from '@stopcovid/contracts';
import type { CompletionRecord } from './record';
import type { Records } from './records';
import { recordOf } from './records.testkit';

const at = new Date('2026-04-01T00:00:00.000Z');
const withdrawal = { at, by: 'operator', reason: 'copied' };
const sokha = phoneSchema.parse('+12025550180');

const ofNobody = ({ employerId: _left, ...record }: CompletionRecord): CompletionRecord => record;

/** What any store of records must do. */
export const recordsContract = (open: () => Promise<Records>): void => {
  let records: Records;
  beforeEach(async () => {
    records = await open();
  });

  it('keep one per trainee and course, under the id that it had first', async () => {
    await records.keep(recordOf());
    await records.keep(recordOf({ id: 'another-id-of-22-chars', version: 4, takenBackAt: at }));
    expect(await records.of([recordOf().phone, sokha])).toEqual({
      records: [recordOf({ version: 4, takenBackAt: at })],
      unreadable: [],
    });
    expect(await records.one('another-id-of-22-chars')).toBeUndefined();
  });

  it('keep the title and the language that they had when they were passed last', async () => {
    await records.keep(recordOf({ title: { en: 'Hands' }, language: 'es' }));
    expect(await records.one(recordOf().id)).toEqual(recordOf({ title: { en: 'Hands' }, language: 'es' }));
    await records.keep(recordOf({ version: 4 }));
    expect(await records.one(recordOf().id)).toEqual(recordOf({ version: 4 }));
  });

  it('write nothing that is older than what they have', async () => {
    await records.keep(recordOf({ version: 5 }));
    await records.keep(recordOf({ version: 5, takenBackAt: at }));
    await records.keep(recordOf({ version: 4, takenBackAt: at }));
    expect(await records.one(recordOf().id)).toEqual(recordOf({ version: 5 }));
  });

  it('make valid again what was taken back, and never what a person withdrew', async () => {
    await records.keep(recordOf({ takenBackAt: at }));
    await records.keep(recordOf({ version: 4 }));
    expect(await records.one(recordOf().id)).toEqual(recordOf({ version: 4 }));
    expect(await records.withdraw(recordOf().id, withdrawal)).toMatchObject({ withdrawn: withdrawal });
    await records.keep(recordOf({ version: 5 }));
    expect(await records.one(recordOf().id)).toEqual(recordOf({ version: 5, withdrawn: withdrawal }));
  });

  it('keep who withdrew first', async () => {
    await records.keep(recordOf());
    await records.withdraw(recordOf().id, withdrawal);
    const again = await records.withdraw(recordOf().id, { ...withdrawal, by: 'another' });
    expect(again).toMatchObject({ withdrawn: { by: 'operator' } });
  });

  it('are there for the employers that they are of alone', async () => {
    await records.keep(recordOf());
    const nobodys = ofNobody(recordOf({ id: 'b'.repeat(22), phone: sokha }));
    await records.keep(nobodys);
    for (const employers of [['other'], []]) {
      expect(await records.one(recordOf().id, employers)).toBeUndefined();
      expect(await records.withdraw(recordOf().id, withdrawal, employers)).toBeUndefined();
      expect(await records.list({ employers }, { limit: 9 })).toEqual([]);
    }
    expect(await records.one(nobodys.id, ['acme'])).toBeUndefined();
    expect(await records.list({ employers: ['acme'] }, { limit: 9 })).toEqual([recordOf()]);
    expect(await records.one(nobodys.id)).toEqual(nobodys);
  });

  it('are listed by what is asked, those passed last first, and go on behind a place', async () => {
    const others = [
      recordOf({ id: 'c'.repeat(22), course: 'masks' }),
      recordOf({ id: 'd'.repeat(22), phone: sokha, passedAt: at }),
      recordOf({ id: 'e'.repeat(22), phone: sokha, course: 'masks', takenBackAt: at }),
    ];
    for (const record of [recordOf(), ...others]) await records.keep(record);
    const ids = async (...asked: Parameters<Records['list']>) =>
      (await records.list(...asked)).map(({ id }) => id.charAt(0));
    expect(await ids({}, { limit: 9 })).toEqual(['d', 'q', 'e', 'c']);
    const after = { at: recordOf().passedAt, id: recordOf().id };
    expect(await ids({}, { limit: 1, after })).toEqual(['e']);
    expect(await ids({ course: 'masks' }, { limit: 9 })).toEqual(['e', 'c']);
    expect(await ids({ phone: sokha }, { limit: 9 })).toEqual(['d', 'e']);
    expect(await ids({ status: 'withdrawn' }, { limit: 9 })).toEqual(['e']);
    expect(await ids({ status: 'valid', phone: sokha }, { limit: 9 })).toEqual(['d']);
  });
};
