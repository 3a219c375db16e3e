import { newDatabases } from '../database.testkit';
import { contactAnswersContract, contactRequestsContract } from './contacts.contract';
import { mongoContactAnswers } from './mongo-contact-answers';
import { mongoContactRequests } from './mongo-contact-requests';

const connect = newDatabases();

describe('requests to be contacted, in MongoDB', () =>
  contactRequestsContract(async () => mongoContactRequests(await connect())));
describe('what was done about them, in MongoDB', () =>
  contactAnswersContract(async () => mongoContactAnswers(await connect())));
