import { newDatabases } from '../database.testkit';
import { consentLedgerContract } from './consent-ledger.contract';
import { mongoConsentLedger } from './mongo-consent-ledger';

const connect = newDatabases();

describe('the consent ledger in MongoDB', () => {
  consentLedgerContract(async () => {
    const connection = await connect();
    return mongoConsentLedger(connection);
  });
});
