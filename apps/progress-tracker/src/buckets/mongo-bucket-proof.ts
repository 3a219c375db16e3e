import type { Connection } from 'mongoose';
import { mongoBuckets } from './mongo-buckets';
import { mongoCountedRuns } from './mongo-counted-runs';
import type { BucketProof } from './prove-buckets';

/** The buckets in MongoDB, and the runs that they are of. */
export const mongoBucketProof = async (connection: Connection): Promise<BucketProof> => ({
  buckets: await mongoBuckets(connection),
  runs: mongoCountedRuns(connection),
});
