import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTable } from '@stopcovid/runtime';
import { KafkaServiceConfig } from './kafka-config';

it('the README lists the settings as they are', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(readme).toContain(configTable(KafkaServiceConfig));
});
