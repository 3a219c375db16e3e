import { inMemoryTextRulings } from './text-rulings';
import { textRulingsContract } from './text-rulings.contract';

describe('rulings in memory', () => textRulingsContract(() => Promise.resolve(inMemoryTextRulings())));
