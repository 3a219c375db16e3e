import { registrationCodesContract } from './registration-codes.contract';
import { inMemoryRegistrationCodes } from './registration-codes';

describe('in memory', () => registrationCodesContract(() => inMemoryRegistrationCodes()));
