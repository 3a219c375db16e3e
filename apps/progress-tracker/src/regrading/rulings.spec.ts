import { inMemoryRulings } from './rulings';
import { rulingsContract } from './rulings.contract';

describe('rulings on replies in memory', () => rulingsContract(() => Promise.resolve(inMemoryRulings())));
