import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicSettings } from '@stopcovid/contracts';
import { addCode, mongoRegistrationCodes } from '@stopcovid/dialog-engine';
import { createTopics, type KafkaConnection } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import { restartableParts, type RestartableParts } from '@stopcovid/real-parts';
import { freePort } from '@stopcovid/runtime';
import { stackProcesses, type ServiceProcess } from '@stopcovid/stack';
import { startCodeService, type CodeService } from './code-service';
import { openLink, type Link } from './link';
import { Replica } from './replica';
import { seeded } from './seeded';

/** The settings of a run. */
export type SystemRequest = {
  readonly root: string;
  readonly say: (line: string) => void;
  readonly seed: number;
  readonly partitions: number;
  readonly sessionMs: number;
  /** How long after one sweep of the carrier's list the next is due. */
  readonly sweepEveryMs: number;
  /** Keeps the database in so many megabytes of memory; in a file without. */
  readonly databaseInMb: number | undefined;
};

/** A replica with its own ways to the servers. */
export type Node = { readonly replica: Replica; readonly kafka: Link; readonly mongo: Link };

/** All that runs: our own servers, the services, the carrier, and the links between them. */
export type System = {
  readonly parts: RestartableParts;
  readonly emulator: Replica;
  readonly ingresses: readonly Node[];
  readonly engines: readonly Node[];
  readonly senders: readonly Node[];
  readonly trackers: readonly Node[];
  /** The servers without a link between, for who watches and checks. */
  readonly direct: { readonly kafka: KafkaConnection; readonly mongodbUrl: string };
  /** The registration service outside. */
  readonly codes: CodeService;
  readonly authToken: string;
  /** The address that the carrier was given for webhooks, which it signs: the first ingress's. */
  readonly webhookUrl: string;
  readonly sessionMs: number;
  readonly sweepEveryMs: number;
  readonly logDirectory: string;
  /** Ends every process, whatever state it is in. */
  readonly stop: () => Promise<void>;
};

/** Two replicas of each service. */
const nodeApps = [
  'sms-ingress',
  'sms-ingress',
  'dialog-engine',
  'dialog-engine',
  'sms-sender',
  'sms-sender',
  'progress-tracker',
  'progress-tracker',
] as const;

/** How long an engine waits for one answer of the registration service. */
export const codeLimitMs = 500;

/** Quick, so that a short run sees what takes hours elsewhere. */
const ownPace = ({
  request,
  codesUrl,
}: Wiring): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  'dialog-engine': { REGISTRATION_URL: codesUrl, REGISTRATION_TIMEOUT_MS: String(codeLimitMs) },
  'sms-ingress': {
    LOG_LEVEL: 'warn',
    INBOUND_SWEEP_MINUTES: String(request.sweepEveryMs / 60_000),
    INBOUND_SWEEP_SETTLE_SECONDS: '1',
  },
  'sms-sender': {
    SMS_PER_SECOND: '1000',
    TWILIO_TIMEOUT_MS: '2000',
    SMS_LOOK_AFTER_MS: '700',
    SMS_RETRY_MS: '200',
    SMS_LOOP_LIMIT: '0',
  },
});

/** What Node is told besides what the stack tells it. */
const nodeOptions = ({ NODE_OPTIONS = '' }: Readonly<Record<string, string>>): { NODE_OPTIONS: string } => ({
  NODE_OPTIONS: `${NODE_OPTIONS} --require=${join(__dirname, 'collect-on-signal.js')}`.trim(),
});

const paceOf = (app: string, wiring: Wiring): Readonly<Record<string, string>> => ({
  KAFKA_SESSION_TIMEOUT_MS: String(wiring.request.sessionMs),
  ...ownPace(wiring)[app],
});

const webhookUrlAt = (port: number): string => `http://127.0.0.1:${port}/webhooks/twilio`;

/** The carrier gives a webhook up after three tries again instead of five, so that it does within seconds. */
const emulatorPace = (webhookUrl: string, seed: number): Readonly<Record<string, string>> => ({
  LOG_LEVEL: 'warn',
  STEP_MS: '20',
  KEEP_MESSAGES: '100000',
  KEEP_TOTAL: '5000000',
  SEED: String(seed),
  WEBHOOK_URL: `${webhookUrl}#rc=3&rp=all`,
});

type Wiring = {
  readonly request: SystemRequest;
  readonly logDirectory: string;
  readonly database: string;
  readonly authToken: string;
  readonly emulatorPort: number;
  /** Of the first ingress, which is the one that the carrier calls. */
  readonly ingressPort: number;
  readonly codesUrl: string;
};

/** Which of the replicas of an app, and its ways to the servers. */
type Place = { readonly number: number; readonly kafkaBrokers: string; readonly mongodbUrl: string };

/** Every ingress is known by the first one's address, as behind a proxy; all but the first listen elsewhere. */
const elsewhere = (port: number) => ({ url: `http://127.0.0.1:${port}`, env: { PORT: String(port) } });

const processOf = async (app: string, wiring: Wiring, place: Place): Promise<ServiceProcess> => {
  const { request, authToken, emulatorPort, ingressPort } = wiring;
  const { number, ...at } = place;
  const own = await freePort();
  const ports = {
    emulator: emulatorPort,
    ingress: ingressPort,
    engine: own,
    sender: own,
    tracker: own,
  };
  const apiKey = randomBytes(16).toString('hex');
  const setting = { ...at, ports, authToken, apiKey, root: request.root, pauseMs: 5 };
  const found = stackProcesses(setting).find((process) => process.app === app);
  if (!found) throw new Error(`the stack has no ${app}`);
  const extra =
    app === 'carrier-emulator' ? emulatorPace(webhookUrlAt(ingressPort), request.seed) : paceOf(app, wiring);
  const moved = app === 'sms-ingress' && number > 1 ? elsewhere(own) : { url: found.url, env: {} };
  return { app, url: moved.url, env: { ...found.env, ...extra, ...moved.env, ...nodeOptions(found.env) } };
};

type LinkPorts = { readonly listener: number; readonly link: Link };

const openKafkaLinks = async (seed: number): Promise<readonly LinkPorts[]> => {
  const links: LinkPorts[] = [];
  for (const [index] of nodeApps.entries()) {
    const listener = await freePort();
    const random = seeded(seed + index);
    links.push({ listener, link: await openLink({ port: 0, targetPort: listener, random }) });
  }
  return links;
};

/** What the servers do wrong is asked for here; nobody needs to be told. */
export const silent = { info: (): void => undefined, warn: (): void => undefined };

const prepare = async (direct: System['direct'], partitions: number): Promise<void> => {
  await createTopics(direct.kafka, topicSettings(partitions));
  const connection = await connectMongo({ url: direct.mongodbUrl, appName: 'faults', logger: silent });
  const account = { employerId: 'acme', employerName: 'Acme Kitchens' };
  await addCode(mongoRegistrationCodes(connection), { code: 'HYGIENE', demo: false, account }, new Date());
  await connection.close();
};

const startNodes = async (
  wiring: Wiring,
  kafkaLinks: readonly LinkPorts[],
  mongoPort: number,
): Promise<readonly Node[]> => {
  const { request, logDirectory, database } = wiring;
  const nodes: Node[] = [];
  for (const [index, app] of nodeApps.entries()) {
    const kafka = kafkaLinks[index]?.link;
    if (!kafka) throw new Error('each node has a link');
    const random = seeded(request.seed + 100 + index);
    const mongo = await openLink({ port: 0, targetPort: mongoPort, random });
    const number = nodeApps.slice(0, index + 1).filter((name) => name === app).length;
    const process = await processOf(app, wiring, {
      number,
      kafkaBrokers: `127.0.0.1:${kafka.port}`,
      mongodbUrl: `mongodb://127.0.0.1:${mongo.port}/${database}`,
    });
    const name = `${app}-${number}`;
    nodes.push({ replica: new Replica({ name, process, root: request.root, logDirectory }), kafka, mongo });
  }
  return nodes;
};

type Begun = Pick<System, 'parts' | 'codes'> & {
  readonly started: readonly Replica[];
  readonly nodes: readonly Node[];
};

/** Ends what has been begun by the time it is called. */
const ending =
  ({ parts, codes, started, nodes }: Begun): (() => Promise<void>) =>
  async () => {
    await Promise.all(started.map((replica) => replica.kill()));
    await Promise.all(nodes.flatMap(({ kafka, mongo }) => [kafka.close(), mongo.close()]));
    await codes.close();
    await parts.stop();
  };

const emulatorOf = async (wiring: Wiring): Promise<Replica> => {
  const place = { number: 1, kafkaBrokers: '', mongodbUrl: '' };
  const process = await processOf('carrier-emulator', wiring, place);
  const { request, logDirectory } = wiring;
  return new Replica({ name: 'carrier-emulator', process, root: request.root, logDirectory });
};

const byService = (
  nodes: readonly Node[],
): Pick<System, 'ingresses' | 'engines' | 'senders' | 'trackers'> => {
  const of = (app: string): readonly Node[] => nodes.filter(({ replica }) => replica.app === app);
  return {
    ingresses: of('sms-ingress'),
    engines: of('dialog-engine'),
    senders: of('sms-sender'),
    trackers: of('progress-tracker'),
  };
};

/** Starts everything and waits until it is ready. */
export const startSystem = async (request: SystemRequest): Promise<System> => {
  const { root, say, partitions, sessionMs, sweepEveryMs, databaseInMb } = request;
  const kafkaLinks = await openKafkaLinks(request.seed);
  const parts = await restartableParts({
    cacheDirectory: join(root, '.cache', 'real-parts'),
    say,
    listeners: kafkaLinks.map(({ listener, link }) => ({ port: listener, advertisedPort: link.port })),
    ...(databaseInMb !== undefined && { databaseInMb }),
  });
  const logDirectory = mkdtempSync(join(tmpdir(), 'stopcovid-faults-'));
  const [emulatorPort, ingressPort] = [await freePort(), await freePort()];
  const codes = await startCodeService();
  const wiring: Wiring = {
    request,
    logDirectory,
    database: 'faults',
    authToken: randomBytes(16).toString('hex'),
    emulatorPort,
    ingressPort,
    codesUrl: codes.url,
  };
  const direct = {
    kafka: { brokers: [`127.0.0.1:${parts.kafka.port}`], clientId: 'faults' },
    mongodbUrl: `mongodb://127.0.0.1:${parts.mongo.port}/${wiring.database}`,
  };
  const nodes: Node[] = [];
  const started: Replica[] = [];
  const stop = ending({ parts, codes, started, nodes });
  try {
    await prepare(direct, partitions);
    const emulator = await emulatorOf(wiring);
    nodes.push(...(await startNodes(wiring, kafkaLinks, parts.mongo.port)));
    started.push(emulator, ...nodes.map(({ replica }) => replica));
    say(`starting the services; their logs are in ${logDirectory}`);
    for (const replica of started) replica.start();
    await Promise.all(started.map((replica) => replica.ready()));
    const { authToken } = wiring;
    const webhookUrl = webhookUrlAt(ingressPort);
    return {
      parts,
      emulator,
      ...byService(nodes),
      direct,
      codes,
      authToken,
      webhookUrl,
      sessionMs,
      sweepEveryMs,
      logDirectory,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
