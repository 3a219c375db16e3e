import { PlaygroundConfig, startPlayground, type Playground } from '@stopcovid/playground';
import { freePort, type Route } from '@stopcovid/runtime';

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

const works: readonly string[] = ['/emulator/api/load', '/emulator/api/company'];

/** Who asks it lets hundreds or thousands of people text: what it costs is what it is for. */
export const isCrowd = ({ method, path }: Route): boolean => method === 'POST' && works.includes(path);
