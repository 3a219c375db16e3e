import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  CarrierEmulatorConfig,
  MovableClock,
  startCarrierEmulator,
  type MadeUpCompany,
} from '@stopcovid/carrier-emulator';
import {
  addCode,
  inMemoryRegistrationCodes,
  startInMemoryDialogEngine,
  DialogEngineConfig,
  inMemoryDialogStore,
  type DialogStore,
  type RegistrationCodes,
} from '@stopcovid/dialog-engine';
import { DrillsUnusable, readCatalogue, type Catalogue } from '@stopcovid/drills';
import { InMemoryLog, inMemoryPublisher } from '@stopcovid/kafka';
import { ProgressTrackerConfig, startInMemoryProgressTracker } from '@stopcovid/progress-tracker';
import {
  createRuntime,
  freePort,
  loadConfig,
  type Environment,
  type RunningApp,
  type Runtime,
} from '@stopcovid/runtime';
import { IngressConfig, startInMemorySmsIngress, webhookUrl } from '@stopcovid/sms-ingress';
import {
  carrierGateway,
  inMemoryOutboxStore,
  SenderConfig,
  startInMemorySmsSender,
  type OutboxStore,
} from '@stopcovid/sms-sender';
import type { PlaygroundConfig } from './config';
import { everybody, madeUpCompany } from './company/made-up-company';
import { progressTrainees, type ProgressApi } from './progress-trainees';
import { settled } from './settled';

/** The whole product in this process. */
export type Playground = {
  readonly phonesUrl: string;
  readonly progressUrl: string;
  /** It signs in by itself. */
  readonly dashboardUrl: string;
  /** For the progress API. */
  readonly apiKey: string;
  /** Every service by its name. */
  readonly services: ReadonlyMap<string, RunningApp>;
  readonly close: () => Promise<void>;
};

const accountSid = 'AC00000000000000000000000000000000';
const ourNumber = '+12025550100';

/** Kafka and MongoDB are not there: what asks for their addresses gets one that nobody dials. */
const nowhere = { KAFKA_BROKERS: 'in-memory:0', MONGODB_URL: 'mongodb://in-memory/none' };

/** What all apps of the playground share. */
type House = {
  readonly config: PlaygroundConfig;
  readonly log: InMemoryLog;
  /** The one by which all of them go. */
  readonly clock: MovableClock;
  readonly outboxes: OutboxStore;
  readonly dialogs: DialogStore;
  readonly authToken: string;
  readonly apiKey: string;
  readonly phonesUrl: string;
  readonly ingressUrl: URL;
};

const sampleCodes = async (): Promise<RegistrationCodes> => {
  const codes = inMemoryRegistrationCodes();
  const account = { employerId: 'acme', employerName: 'Acme Kitchens' };
  await addCode(codes, { code: 'HYGIENE', demo: false, account }, new Date());
  await addCode(codes, { code: 'TRYOUT', demo: true, account: {} }, new Date());
  return codes;
};

const environmentOf = ({ config, authToken, apiKey, phonesUrl, ingressUrl }: House): Environment => ({
  ...nowhere,
  HOST: '127.0.0.1',
  LOG_LEVEL: config.LOG_LEVEL,
  LOG_FORMAT: config.LOG_FORMAT,
  DRILLS_DIR: config.DRILLS_DIR,
  DRILLS_EVERY_MS: '1000',
  SCHEDULE_EVERY_MS: '200',
  STEP_MS: String(Math.min(config.PAUSE_MS, 350)),
  ACCOUNT_SID: accountSid,
  AUTH_TOKEN: authToken,
  NUMBER: ourNumber,
  HINT_CODES: 'HYGIENE',
  ASSETS_DIR: join(config.DRILLS_DIR, 'assets'),
  WEBHOOK_URL: webhookUrl(ingressUrl),
  PUBLIC_URL: ingressUrl.href,
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  TWILIO_FROM: ourNumber,
  TWILIO_API_URL: phonesUrl,
  STATUS_CALLBACK_URL: `${ingressUrl.href}webhooks/twilio/status`,
  SMS_PAUSE_MS: String(config.PAUSE_MS),
  SMS_MEDIA_PAUSE_MS: String(config.PAUSE_MS),
  SMS_PER_SECOND: '100',
  SMS_SEGMENT_PRICE: '0.0079',
  MEDIA_BASE_URL: `${phonesUrl}/assets`,
  API_KEYS: `playground=${apiKey}`,
});

/** One app of the house, not yet started, with the environment that is its own. */
type Room = (house: House, environment: Environment) => Promise<RunningApp>;

const runtimeOf = (service: string, { config, clock }: House): Runtime => ({
  ...createRuntime(service, config),
  clock,
});

const ingress: Room = (house, environment) => {
  const config = loadConfig(IngressConfig, { ...environment, PORT: house.ingressUrl.port });
  return startInMemorySmsIngress({ config, runtime: runtimeOf('sms-ingress', house), log: house.log });
};

const engine: Room = async (house, environment) => {
  const config = loadConfig(DialogEngineConfig, { ...environment, PORT: '0' });
  const runtime = runtimeOf('dialog-engine', house);
  return startInMemoryDialogEngine({
    config,
    runtime,
    log: house.log,
    codes: await sampleCodes(),
    dialogs: house.dialogs,
  });
};

/* Signed with a key of this process's own: nobody can verify such a record later, nor has to. */
const recordsOf = (port: number): Environment => ({
  RECORDS_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  RECORDS_ISSUER_NAME: 'The playground',
  RECORDS_URL: `http://127.0.0.1:${port}`,
});

const tracker =
  (port: number): Room =>
  (house, environment) => {
    const own = { ...environment, ...recordsOf(port), PORT: String(port) };
    const config = loadConfig(ProgressTrackerConfig, own);
    return startInMemoryProgressTracker({
      config,
      runtime: runtimeOf('progress-tracker', house),
      log: house.log,
    });
  };

const sender: Room = (house, environment) => {
  const config = loadConfig(SenderConfig, { ...environment, PORT: '0' });
  const runtime = runtimeOf('sms-sender', house);
  const gateway = carrierGateway(config, runtime);
  const close = async (): Promise<void> => gateway.close();
  return startInMemorySmsSender({
    config,
    runtime,
    log: house.log,
    parts: { store: house.outboxes, gateway, close },
  });
};

const putSchedule = async ({ url, apiKey }: ProgressApi, owner: string, settings: object): Promise<void> => {
  const response = await fetch(`${url}/v1/schedules/${encodeURIComponent(owner)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
  if (!response.ok) throw new Error(`the schedule of ${owner} was not set: ${response.status}`);
};

/* A schedule that has ended has no hours for anything unasked, what operators ask for among it. */
const ended = { end: '2000-01-01' };

/* On any day at any hour; and nothing comes by itself while a drill is open, as nobody answers it. */
const waiting = {
  end: 'none',
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  window: { opens: '00:00', closes: '24:00' },
  windows: {},
  blackoutDates: [],
  reminders: [],
  unfinished: 'wait',
};

const catalogueIn = async (directory: string): Promise<Catalogue> => {
  const read = await readCatalogue(directory);
  if (!read.ok) throw new DrillsUnusable(directory, read.problems);
  return read.catalogue;
};

const companyOf = (
  { config, log, dialogs, clock }: House,
  api: ProgressApi,
  { logger }: Runtime,
): MadeUpCompany =>
  madeUpCompany({
    people: everybody(),
    catalogue: () => catalogueIn(config.DRILLS_DIR),
    dialogs,
    publisher: inMemoryPublisher(log),
    now: clock.now,
    keepStill: (employerId) => putSchedule(api, `employer:${employerId}`, ended),
    letBeAsked: async (phones) => {
      for (const phone of phones) await putSchedule(api, `trainee:${phone}`, waiting);
    },
    drained: () => log.drained(),
    onFailed: (err) => logger.error({ err }, 'the made-up company could not be filled'),
  });

/* The key stands behind the #, which no browser sends: the page takes it out of the address. */
const dashboardAddress = (progressUrl: string, apiKey: string): string =>
  `${progressUrl}/dashboard/#key=${apiKey}`;

const emulator =
  (progressUrl: string): Room =>
  (house, environment) => {
    const { HOST, PORT } = house.config;
    const links = `Dashboard=${dashboardAddress(progressUrl, house.apiKey)},Progress API=${progressUrl}/docs`;
    const config = loadConfig(CarrierEmulatorConfig, {
      ...environment,
      HOST,
      PORT: String(PORT),
      LINKS: links,
      PROGRESS_URL: progressUrl,
      PROGRESS_API_KEY: house.apiKey,
    });
    const runtime = runtimeOf('carrier-emulator', house);
    const trainees = progressTrainees({ url: progressUrl, apiKey: house.apiKey });
    const day = {
      clock: house.clock,
      trainees: { ...trainees, settled: () => settled(house) },
      company: companyOf(house, { url: progressUrl, apiKey: house.apiKey }, runtime),
    };
    return startCarrierEmulator(config, runtime, day);
  };

/** In the order of their start. */
const rooms = (trackerPort: number): Readonly<Record<string, Room>> => ({
  'sms-sender': sender,
  'progress-tracker': tracker(trackerPort),
  'dialog-engine': engine,
  'sms-ingress': ingress,
  'carrier-emulator': emulator(`http://127.0.0.1:${trackerPort}`),
});

/**
 * Starts every app in this process, over a log and stores in memory; they talk HTTP to each other as they would over a
 * network, with signed webhooks. Rejects, with everything closed again, when one of them cannot start.
 */
export const startPlayground = async (config: PlaygroundConfig): Promise<Playground> => {
  const house: House = {
    config,
    log: new InMemoryLog(12),
    clock: new MovableClock(),
    outboxes: inMemoryOutboxStore(),
    dialogs: inMemoryDialogStore(),
    authToken: randomBytes(16).toString('hex'),
    apiKey: randomBytes(16).toString('hex'),
    phonesUrl: `http://127.0.0.1:${config.PORT}`,
    ingressUrl: new URL(`http://127.0.0.1:${await freePort()}`),
  };
  const environment = environmentOf(house);
  const trackerPort = await freePort();
  const progressUrl = `http://127.0.0.1:${trackerPort}`;
  const services = new Map<string, RunningApp>();
  const close = async (): Promise<void> => {
    for (const app of [...services.values()].reverse()) await app.close();
  };
  try {
    for (const [name, room] of Object.entries(rooms(trackerPort)))
      services.set(name, await room(house, environment));
  } catch (error) {
    await close();
    throw error;
  }
  const { phonesUrl, apiKey } = house;
  const dashboardUrl = dashboardAddress(progressUrl, apiKey);
  return { phonesUrl, progressUrl, dashboardUrl, apiKey, services, close };
};
