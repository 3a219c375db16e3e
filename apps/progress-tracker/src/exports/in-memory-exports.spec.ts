import { inChunks, inMemoryExportChunks } from './export-chunks';
import { exportChunksContract, exportsContract } from './exports.contract';
import { inMemoryExports } from './exports';

describe('exports in memory', () => exportsContract(() => Promise.resolve(inMemoryExports())));

describe('chunks in memory', () => exportChunksContract(() => Promise.resolve(inMemoryExportChunks())));

it('bytes come in chunks of one length but for the last, however they came', async () => {
  async function* pieces() {
    for (const piece of ['a', 'bcdefgh', '', 'ij', 'k']) yield await Promise.resolve(Buffer.from(piece));
  }
  const chunks: string[] = [];
  for await (const chunk of inChunks(pieces(), 3)) chunks.push(Buffer.from(chunk).toString());
  expect(chunks).toEqual(['abc', 'def', 'ghi', 'jk']);
});
