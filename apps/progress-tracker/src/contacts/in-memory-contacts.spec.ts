import { inMemoryContactAnswers } from './contact-answers';
import { contactAnswersContract, contactRequestsContract } from './contacts.contract';
import { inMemoryContactRequests } from './in-memory-contact-requests';

describe('requests to be contacted, in memory', () =>
  contactRequestsContract(() => Promise.resolve(inMemoryContactRequests())));
describe('what was done about them, in memory', () => contactAnswersContract(inMemoryContactAnswers));
