export { IngressConfig } from './config';
export { startInMemorySmsIngress, startSmsIngress } from './start';
export { webhookUrl } from './webhook-url';
