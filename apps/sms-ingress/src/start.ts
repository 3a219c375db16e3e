import { connectionOf, kafkaPublisher } from '@stopcovid/kafka';
import { bootstrapApp, createRuntime, type RunningApp } from '@stopcovid/runtime';
import { sweepSettingsOf, type IngressConfig } from './config';
import { ingressHttp, SmsIngressModule } from './sms-ingress.module';
import { startInboundSweep } from './start-inbound-sweep';

const service = 'sms-ingress';

/** Starts the service on Kafka. It does not wait for the brokers: while they are away it answers 503. */
export const startSmsIngress = async (config: IngressConfig): Promise<RunningApp> => {
  const sweep = sweepSettingsOf(config);
  const runtime = createRuntime(service, config);
  const kafka = connectionOf(config, service);
  const publisher = kafkaPublisher(kafka, { logger: runtime.logger });
  const module = SmsIngressModule.with(config, { runtime, publisher });
  const app = await bootstrapApp(module, {
    runtime,
    port: config.PORT,
    host: config.HOST,
    ...ingressHttp,
  });
  if (sweep === undefined) return app;
  const sweeping = startInboundSweep(sweep, { runtime, kafka, publisher });
  const close = async (): Promise<void> => {
    await sweeping.stop();
    await app.close();
  };
  return { ...app, close };
};
