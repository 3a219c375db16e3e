import { broadcastsContract } from './broadcasts.contract';
import { inMemoryBroadcasts } from './in-memory-broadcasts';

describe('broadcasts in memory', () => broadcastsContract(() => Promise.resolve(inMemoryBroadcasts())));
