import { createRuntime } from '@stopcovid/runtime';

const dayMs = 24 * 60 * 60 * 1_000;

/*
 * Loaded into a service before its own code: SIGUSR2 puts the clock by which it dates things a day back, and the next one
 * puts it right. The machine's clock, timers and all that goes by them stay as they are.
 */
const { clock } = createRuntime('clock-on-signal', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
let backMs = 0;
Object.assign(clock, { now: () => Date.now() - backMs });
process.on('SIGUSR2', () => (backMs = backMs === 0 ? dayMs : 0));
