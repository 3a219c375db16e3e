import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import { mongoRunFigures } from './mongo-run-figures';
import { runFiguresContract } from './run-figures.contract';

describe('figures over runs in MongoDB', () => {
  let close: () => Promise<void>;
  afterAll(() => close());

  runFiguresContract(async (runs) => {
    const connection = await connectMongo(testDatabase());
    close = () => connection.close();
    const store = await mongoProgressStore(connection);
    await store.save(
      runs.map((next) => ({ next, readVersion: 0 })),
      [],
    );
    return mongoRunFigures(connection);
  });
});
