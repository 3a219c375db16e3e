import { connectionOf, inMemoryTransport, kafkaServicePublisher, type InMemoryLog } from '@stopcovid/kafka';
import { bootstrapApp, createRuntime, type RunningApp, type Runtime } from '@stopcovid/runtime';
import { sweepSettingsOf, type IngressConfig, type IngressSettings } from './config';
import { inboundSweep } from './inbound-sweeping';
import { ingressHttp, SmsIngressModule, type IngressParts } from './sms-ingress.module';

const service = 'sms-ingress';

/** The ingress over Kafka, as a service. It does not wait for the brokers: while they are away it answers 503. */
export const startSmsIngress = async (
  config: IngressConfig,
  runtime: Runtime = createRuntime(service, config),
): Promise<RunningApp> => startWith({ config, runtime, parts: realWorld(config, runtime) });

/** What is written to Kafka with, and the sweep where one is set. Nothing is reached yet. */
const realWorld = (config: IngressConfig, runtime: Runtime): IngressParts => {
  const settings = sweepSettingsOf(config);
  const kafka = connectionOf(config, service);
  const publisher = kafkaServicePublisher({ runtime, config });
  if (settings === undefined) return { publisher };
  return { publisher, sweep: inboundSweep(settings, { runtime, kafka, publisher }) };
};

/** What the ingress needs to run in somebody else's process: a log, and a place for its routes. */
export type InMemorySmsIngress = {
  readonly config: IngressSettings & Pick<IngressConfig, 'HOST' | 'PORT'>;
  readonly runtime: Runtime;
  readonly log: InMemoryLog;
};

/** The ingress over a log in memory: nothing survives a restart. */
export const startInMemorySmsIngress = ({
  config,
  runtime,
  log,
}: InMemorySmsIngress): Promise<RunningApp> => {
  const { publisher } = inMemoryTransport({ runtime, group: service, log });
  return startWith({ config, runtime, parts: { publisher } });
};

type SmsIngressSetup = Pick<InMemorySmsIngress, 'config' | 'runtime'> & { readonly parts: IngressParts };

/** The ingress with these parts, which it closes also when it cannot start. */
export const startWith = async ({ config, runtime, parts }: SmsIngressSetup): Promise<RunningApp> => {
  try {
    return await bootstrapApp(SmsIngressModule.with({ config, runtime, parts }), {
      runtime,
      port: config.PORT,
      host: config.HOST,
      ...ingressHttp,
    });
  } catch (error) {
    await parts.publisher.close();
    throw error;
  }
};
