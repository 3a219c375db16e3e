import { inMemoryKeyedRequests } from './keyed-requests';
import { keyedRequestsContract } from './keyed-requests.contract';

describe('requests under keys, in memory', () =>
  keyedRequestsContract(() => Promise.resolve(inMemoryKeyedRequests())));
