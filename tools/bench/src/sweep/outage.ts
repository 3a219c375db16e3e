import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../kit';
import type { Options } from './options';

const perSecond = 10_000;
const tellEveryMs = 5_000;

const ask = async (carrier: string, method: string, ...[path, body]: readonly [string, object?]) => {
  const response = await fetch(`${carrier}/emulator/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the emulator refuses ${method} ${path}: ${response.status}`);
  return response.json();
};

/** How long the list takes for each page from now on. */
export const slowList = async (carrier: string, listDelayMs: number): Promise<void> => {
  await ask(carrier, 'PUT', 'settings', { listDelayMs });
};

type Progress = { readonly state: string; readonly texts: number; readonly underWay: number };

/** Fills the carrier's list with texts of which no webhook tells, much faster than they would come. */
export const outage = async (carrier: string, { texts, phones }: Options): Promise<void> => {
  await ask(carrier, 'PUT', 'settings', { loseInbound: 1 });
  const plan = { seed: 1, phones, texts, messagesPerSecond: perSecond, durationSeconds: 3_600 };
  await ask(carrier, 'POST', 'load', plan);
  let tellAt = Date.now() + tellEveryMs;
  for (;;) {
    const { state, texts: written, underWay } = (await ask(carrier, 'GET', 'load')) as Progress;
    if (state !== 'running' && underWay === 0)
      return say(`${written.toLocaleString('en-US')} texts are in the list`);
    if (Date.now() > tellAt) {
      say(`${written.toLocaleString('en-US')} texts written`);
      tellAt += tellEveryMs;
    }
    await pause(200);
  }
};
