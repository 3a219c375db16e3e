import { readFileSync } from 'node:fs';
import { train, written } from './train';
import { weightsFile } from './weights-file';

it('training again gives the very weights that the dialog has', () =>
  expect(written(train()) === readFileSync(weightsFile, 'utf8')).toBe(true));
