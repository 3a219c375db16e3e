import { loadConfig, runMain } from '@stopcovid/runtime';
import { SenderConfig } from './config';
import { startSmsSender } from './start';

void runMain('sms-sender', async () => startSmsSender(loadConfig(SenderConfig, process.env)));
