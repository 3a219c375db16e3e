export { IngressConfig } from './config';
export type { IngressSettings } from './config';
export { ingressHttp, SmsIngressModule } from './sms-ingress.module';
export type { IngressParts } from './sms-ingress.module';
export { startSmsIngress } from './start';
export { webhookUrl } from './webhook-url';
