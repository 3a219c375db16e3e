import 'reflect-metadata';
import { loadConfig, runMain } from '@stopcovid/runtime';
import { DialogEngineConfig } from './config';
import { startDialogEngine } from './start';

void runMain('dialog-engine', async () => startDialogEngine(loadConfig(DialogEngineConfig, process.env)));
