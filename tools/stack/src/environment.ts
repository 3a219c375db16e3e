import { join } from 'node:path';

/** Where each process listens, on this machine alone. */
export type Ports = {
  readonly emulator: number;
  readonly ingress: number;
  readonly engine: number;
  readonly sender: number;
  readonly tracker: number;
};

/** What all processes of one stack share. */
export type StackSetting = {
  readonly kafkaBrokers: string;
  /** With the name of the database. */
  readonly mongodbUrl: string;
  readonly ports: Ports;
  /** Secrets of this stack alone: they guard an emulated carrier. */
  readonly authToken: string;
  readonly apiKey: string;
  /** The repository's top folder. */
  readonly root: string;
  /** Milliseconds between texts to one phone. */
  readonly pauseMs: number;
};

/** One process: the app it runs and the environment that it gets. */
export type ServiceProcess = {
  readonly app: string;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** What Node is started with, where that is not an app's main file alone. */
  readonly program?: readonly string[];
};

/** Whose account the carrier emulates, and the number that trainees text. */
export const stackAccount = { sid: 'AC00000000000000000000000000000000', number: '+12025550100' } as const;

const local = (port: number): string => `http://127.0.0.1:${port}`;

/** Soon enough for somebody who waits for it; by then the emulator's tries of a webhook are over. */
const soonSwept = { INBOUND_SWEEP_MINUTES: '0.5', INBOUND_SWEEP_SETTLE_SECONDS: '15' } as const;

const services = {
  'carrier-emulator': ({ ports, authToken, apiKey, root }: StackSetting) => ({
    PORT: String(ports.emulator),
    ACCOUNT_SID: stackAccount.sid,
    AUTH_TOKEN: authToken,
    NUMBER: stackAccount.number,
    WEBHOOK_URL: `${local(ports.ingress)}/webhooks/twilio#rc=5&rp=all`,
    ASSETS_DIR: join(root, 'drills', 'assets'),
    HINT_CODES: 'HYGIENE',
    LINKS: `Dashboard=${local(ports.tracker)}/dashboard/#key=${apiKey},Progress API=${local(ports.tracker)}/docs`,
    PROGRESS_URL: local(ports.tracker),
    PROGRESS_API_KEY: apiKey,
  }),
  'sms-ingress': ({ ports, authToken, kafkaBrokers, mongodbUrl }: StackSetting) => ({
    PORT: String(ports.ingress),
    KAFKA_BROKERS: kafkaBrokers,
    PUBLIC_URL: local(ports.ingress),
    TWILIO_AUTH_TOKEN: authToken,
    ...soonSwept,
    MONGODB_URL: mongodbUrl,
    TWILIO_ACCOUNT_SID: stackAccount.sid,
    TWILIO_API_URL: local(ports.emulator),
  }),
  'dialog-engine': ({ ports, kafkaBrokers, mongodbUrl, apiKey, root }: StackSetting) => ({
    PORT: String(ports.engine),
    KAFKA_BROKERS: kafkaBrokers,
    MONGODB_URL: mongodbUrl,
    DRILLS_DIR: join(root, 'drills'),
    BUDGETS_URL: `${local(ports.tracker)}/v1/budgets/spent`,
    BUDGETS_KEY: apiKey,
    PRESSURE_URL: `${local(ports.sender)}/v1/pressure`,
    PRESSURE_KEY: apiKey,
  }),
  'sms-sender': ({ ports, kafkaBrokers, mongodbUrl, authToken, apiKey, pauseMs, root }: StackSetting) => ({
    PORT: String(ports.sender),
    KAFKA_BROKERS: kafkaBrokers,
    MONGODB_URL: mongodbUrl,
    TWILIO_ACCOUNT_SID: stackAccount.sid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: stackAccount.number,
    TWILIO_API_URL: local(ports.emulator),
    STATUS_CALLBACK_URL: `${local(ports.ingress)}/webhooks/twilio/status`,
    MEDIA_BASE_URL: `${local(ports.emulator)}/assets`,
    DRILLS_DIR: join(root, 'drills'),
    SMS_PAUSE_MS: String(pauseMs),
    SMS_MEDIA_PAUSE_MS: String(pauseMs),
    SMS_PER_SECOND: '50',
    API_KEYS: `stack=${apiKey}`,
    NODE_OPTIONS: '--max-old-space-size=192',
  }),
  'progress-tracker': ({ ports, kafkaBrokers, mongodbUrl, apiKey, root }: StackSetting) => ({
    PORT: String(ports.tracker),
    KAFKA_BROKERS: kafkaBrokers,
    MONGODB_URL: mongodbUrl,
    API_KEYS: `stack=${apiKey}`,
    DRILLS_DIR: join(root, 'drills'),
  }),
} as const;

const portOf = (app: keyof typeof services, ports: Ports): number =>
  ({
    'carrier-emulator': ports.emulator,
    'sms-ingress': ports.ingress,
    'dialog-engine': ports.engine,
    'sms-sender': ports.sender,
    'progress-tracker': ports.tracker,
  })[app];

/** Every process of a stack: the four services and the emulator. */
export const stackProcesses = (setting: StackSetting): readonly ServiceProcess[] =>
  (Object.keys(services) as (keyof typeof services)[]).map((app) => ({
    app,
    url: local(portOf(app, setting.ports)),
    env: { HOST: '127.0.0.1', ...services[app](setting) },
  }));
