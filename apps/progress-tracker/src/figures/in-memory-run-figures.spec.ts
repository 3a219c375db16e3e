import { inMemoryRunFigures } from './in-memory-run-figures';
import { runFiguresContract } from './run-figures.contract';

describe('figures over runs in memory', () =>
  runFiguresContract((runs) => Promise.resolve(inMemoryRunFigures(() => runs))));
