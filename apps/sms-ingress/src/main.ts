import { connectionOf, kafkaPublisher } from '@stopcovid/kafka';
import { bootstrapApp, createRuntime, loadConfig, runMain } from '@stopcovid/runtime';
import { IngressConfig } from './config';
import { ingressHttp, SmsIngressModule } from './sms-ingress.module';

void runMain('sms-ingress', async () => {
  const config = loadConfig(IngressConfig, process.env);
  const runtime = createRuntime('sms-ingress', config);
  const publisher = kafkaPublisher(connectionOf(config, 'sms-ingress'), { logger: runtime.logger });
  const module = SmsIngressModule.with(config, { runtime, publisher });
  return bootstrapApp(module, { runtime, port: config.PORT, host: config.HOST, ...ingressHttp });
});
