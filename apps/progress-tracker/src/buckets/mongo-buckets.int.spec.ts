import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoRunFigures } from '../figures/mongo-run-figures';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import { bucketsContract } from './buckets.contract';
import { mongoBuckets } from './mongo-buckets';
import { mongoCountedRuns } from './mongo-counted-runs';

describe('buckets in MongoDB', () => {
  const opened: Awaited<ReturnType<typeof connectMongo>>[] = [];
  afterAll(() => Promise.all(opened.map((connection) => connection.close())));

  bucketsContract(async () => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    let ticks = 0;
    return {
      store: await mongoProgressStore(connection),
      figures: mongoRunFigures(connection),
      runs: mongoCountedRuns(connection),
      buckets: await mongoBuckets(connection, () => (ticks += 1)),
    };
  });
});
