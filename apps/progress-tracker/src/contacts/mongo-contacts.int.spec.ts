import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { contactAnswersContract, contactRequestsContract } from './contacts.contract';
import { mongoContactAnswers } from './mongo-contact-answers';
import { mongoContactRequests } from './mongo-contact-requests';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

const open: Connection[] = [];
const connected = async (): Promise<Connection> => {
  const connection = await connectMongo(testDatabase());
  open.push(connection);
  return connection;
};
afterAll(async () => {
  for (const connection of open) await connection.close();
});

describe('requests to be contacted, in MongoDB', () =>
  contactRequestsContract(async () => mongoContactRequests(await connected())));
describe('what was done about them, in MongoDB', () =>
  contactAnswersContract(async () => mongoContactAnswers(await connected())));
