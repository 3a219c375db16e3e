import 'reflect-metadata';
import { loadConfig, runMain } from '@stopcovid/runtime';
import { ProgressTrackerConfig } from './config';
import { startProgressTracker } from './start';

void runMain('progress-tracker', async () =>
  startProgressTracker(loadConfig(ProgressTrackerConfig, process.env)),
);
