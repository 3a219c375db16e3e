import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTable } from '@stopcovid/runtime';
import { CarrierEmulatorConfig } from './config';

describe('the README', () => {
  it('describes the configuration as it is', () => {
    expect(readFileSync(join(__dirname, '../README.md'), 'utf8')).toContain(
      configTable(CarrierEmulatorConfig),
    );
  });
});
