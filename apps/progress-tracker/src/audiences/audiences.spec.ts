import { inMemoryAudiences } from './audiences';
import { audiencesContract } from './audiences.contract';

describe('audiences in memory', () => audiencesContract(() => Promise.resolve(inMemoryAudiences())));
