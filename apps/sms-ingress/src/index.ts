export { IngressConfig } from './config';
export { ingressHttp, SmsIngressModule } from './sms-ingress.module';
export type { IngressParts } from './sms-ingress.module';
export { webhookUrl } from './webhook-url';
