import { PlaygroundConfig, startPlayground, type Playground } from '@stopcovid/playground';
import { freePort } from '@stopcovid/runtime';

/** Whatever answers HTTP; the playground has all of them, which a spec checks. */
export const services = [
  'carrier-emulator',
  'dialog-engine',
  'progress-tracker',
  'sms-ingress',
  'sms-sender',
];

/** Every service in this process, over parts in memory, logging nothing but its end. */
export const startQuietPlayground = async (): Promise<Playground> =>
  startPlayground(Object.assign(new PlaygroundConfig(), { PORT: await freePort(), LOG_LEVEL: 'fatal' }));
