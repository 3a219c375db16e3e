import { loadConfig, runMain } from '@stopcovid/runtime';
import { IngressConfig } from './config';
import { startSmsIngress } from './start';

void runMain('sms-ingress', async () => startSmsIngress(loadConfig(IngressConfig, process.env)));
