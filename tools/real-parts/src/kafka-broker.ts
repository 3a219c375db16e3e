import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@stopcovid/runtime';
import type { JvmRequest } from './jvm';

const run = promisify(execFile);

/** Where the jars are, and the directory that a broker has for itself. */
export type Place = { readonly jars: string; readonly work: string };

export type BrokerSettings = Readonly<Record<string, string | number | boolean>>;

const dataOf = ({ work }: Place): string => join(work, 'kafka');
const settingsIn = (work: string): string => join(work, 'server.properties');

const usualSettings = (data: string, port: number, controllerPort: number): BrokerSettings => ({
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  'controller.listener.names': 'CONTROLLER',
  'log.dirs': data,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'auto.create.topics.enable': false,
});

/** A new cluster's id. The first byte keeps it from beginning with a dash, which Kafka's tool takes for an option. */
const clusterId = (): string => Buffer.concat([Buffer.alloc(1), randomBytes(15)]).toString('base64url');

const formatBroker = async ({ jars, work }: Place): Promise<void> => {
  const tool = ['-cp', join(jars, '*'), 'kafka.tools.StorageTool', 'format'];
  await run('java', [...tool, '-t', clusterId(), '-c', settingsIn(work)]);
};

/** Makes of a broker that has ended another, empty cluster with the same settings. */
export const emptyBroker = async (place: Place): Promise<void> => {
  await rm(dataOf(place), { recursive: true, force: true });
  await formatBroker(place);
};

/**
 * Sets up a cluster of one broker on a free port of this machine: what to start, and where it will serve. `change` makes
 * its settings from the usual ones.
 */
export const setUpBroker = async (
  place: Place,
  change: (usual: BrokerSettings) => BrokerSettings = (usual) => usual,
): Promise<JvmRequest & { readonly port: number }> => {
  const { jars, work } = place;
  const [port, controllerPort] = [await freePort(), await freePort()];
  const settings = Object.entries(change(usualSettings(dataOf(place), port, controllerPort)));
  await writeFile(settingsIn(work), settings.map(([name, value]) => `${name}=${value}`).join('\n'));
  await formatBroker(place);
  return {
    port,
    name: 'Kafka',
    args: ['-Xmx512m', '-cp', join(jars, '*'), 'kafka.Kafka', settingsIn(work)],
    logFile: join(work, 'kafka.log'),
    ready: /Kafka Server started/,
    timeoutMs: 90_000,
  };
};
