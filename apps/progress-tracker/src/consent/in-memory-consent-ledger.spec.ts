import { consentLedgerContract } from './consent-ledger.contract';
import { inMemoryConsentLedger } from './in-memory-consent-ledger';

describe('the consent ledger in memory', () =>
  consentLedgerContract(() => Promise.resolve(inMemoryConsentLedger())));
