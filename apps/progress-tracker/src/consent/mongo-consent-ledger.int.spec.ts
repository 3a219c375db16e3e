import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { consentLedgerContract } from './consent-ledger.contract';
import { mongoConsentLedger } from './mongo-consent-ledger';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('the consent ledger in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  consentLedgerContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoConsentLedger(connection);
  });
});
