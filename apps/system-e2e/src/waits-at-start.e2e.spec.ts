import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '@stopcovid/runtime';
import { stackProcesses, startService, type RunningService } from '@stopcovid/stack';
import { root } from './root.testkit';

const secrets = { mongodb: 'ann-reads-it-all', kafka: 'ben-writes-it-all', twilio: 'a-token-of-the-spec' };
const login = {
  KAFKA_SASL_MECHANISM: 'plain',
  KAFKA_SASL_USERNAME: 'ben',
  KAFKA_SASL_PASSWORD: secrets.kafka,
};

/**
 * What each of the services is started with where nothing listens that it needs, and what it waits for first: sms-ingress
 * sweeps from when MongoDB answers and takes webhooks without it.
 */
const processesWithoutServers = async () => {
  const [kafka, mongodb, engine, sender, emulator, ingress, tracker] = await Promise.all(
    Array.from({ length: 7 }, freePort),
  );
  const processes = stackProcesses({
    kafkaBrokers: `127.0.0.1:${kafka}`,
    mongodbUrl: `mongodb://ann:${secrets.mongodb}@127.0.0.1:${mongodb}/stopcovid`,
    ports: { engine, sender, emulator, ingress, tracker } as Parameters<typeof stackProcesses>[0]['ports'],
    authToken: secrets.twilio,
    apiKey: 'a-key-of-the-spec-itself',
    root,
    pauseMs: 0,
  });
  return processes
    .filter(({ app }) => app !== 'carrier-emulator')
    .map((process) => ({
      ...process,
      env: { ...process.env, ...login, DIALOG_ENVIRONMENT: 'staging' },
      waitsFor: process.app === 'sms-ingress' ? 'KAFKA_BROKERS' : 'MONGODB_URL',
    }));
};

type Answer = { readonly details: Readonly<Record<string, { readonly detail?: string }>> };

/** What readiness says, whatever it says it of. */
const saidAt = async ({ url }: RunningService): Promise<readonly string[]> => {
  const answer = await fetch(`${url}/health/ready`);
  const { details } = (await answer.json()) as Answer;
  return Object.values(details).flatMap(({ detail }) => detail ?? []);
};

const logOf = ({ logFile }: RunningService): string => readFileSync(logFile, 'utf8');

/** Why a service waits for what a setting names, by its log; undefined as long as it does not say. */
const reasonIn = (log: string, setting: string): string | undefined =>
  [...log.matchAll(/"reason":("(?:[^"\\]|\\.)*")/g)]
    .map(([, reason = '""']) => JSON.parse(reason) as string)
    .find((reason) => reason.includes(setting));

describe('a service whose servers are away when it starts', () => {
  it('is alive, and says at the door what its log says: the setting, the remedy and no secret', async () => {
    const logDirectory = mkdtempSync(join(tmpdir(), 'waits-at-start-'));
    const processes = await processesWithoutServers();
    const started = processes.map((process) => ({
      ...process,
      service: startService(process, { root, logDirectory }),
    }));
    try {
      await Promise.all(
        started.map(async ({ app, service, waitsFor }) => {
          const reason = await until(() => reasonIn(logOf(service), waitsFor), {
            what: `${app} says why it waits`,
          });
          expect(reason).toMatch(new RegExp(`${waitsFor}.* set .+ right`));
          expect(await saidAt(service)).toContain(reason);
          expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
          for (const secret of Object.values(secrets)) expect(reason + logOf(service)).not.toContain(secret);
        }),
      );
    } finally {
      for (const { service } of started) service.kill('SIGKILL');
      await Promise.all(started.map(({ service }) => service.ended));
      rmSync(logDirectory, { recursive: true });
    }
  });
});
