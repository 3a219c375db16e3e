import { phoneSchema } from '@stopcovid/contracts';
import { newDatabases } from '../database.testkit';
import { DocumentUnreadable } from '../progress/progress-store';
import { maria } from '../tracker.testkit';
import { mongoRecords } from './mongo-records';
import { recordsContract } from './records.contract';
import { recordOf } from './records.testkit';

const connect = newDatabases();

describe('records of courses passed, in MongoDB', () => {
  recordsContract(async () => mongoRecords(await connect()));

  it('name the phone of one that cannot be read, and answer the others', async () => {
    const connection = await connect();
    const records = await mongoRecords(connection);
    const sokha = phoneSchema.parse('+12025550180');
    const other = recordOf({ id: 'b'.repeat(22), phone: sokha });
    for (const record of [recordOf(), other]) await records.keep(record);
    await connection
      .collection('completion_records')
      .updateOne({ phone: sokha }, { $unset: { withdrawn: '' } });
    expect(await records.of([maria, sokha])).toEqual({ records: [recordOf()], unreadable: [sokha] });
    await expect(records.one(other.id)).rejects.toThrow(DocumentUnreadable);
  });
});
