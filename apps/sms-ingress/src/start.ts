import { connectionOf, kafkaPublisher } from '@stopcovid/kafka';
import { bootstrapApp, createRuntime, type RunningApp } from '@stopcovid/runtime';
import type { IngressConfig } from './config';
import { ingressHttp, SmsIngressModule } from './sms-ingress.module';

const service = 'sms-ingress';

/** Starts the service on Kafka. It does not wait for the brokers: while they are away it answers 503. */
export const startSmsIngress = (config: IngressConfig): Promise<RunningApp> => {
  const runtime = createRuntime(service, config);
  const publisher = kafkaPublisher(connectionOf(config, service), { logger: runtime.logger });
  const module = SmsIngressModule.with(config, { runtime, publisher });
  return bootstrapApp(module, { runtime, port: config.PORT, host: config.HOST, ...ingressHttp });
};
