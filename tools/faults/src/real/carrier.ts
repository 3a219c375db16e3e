import { setTimeout as pause } from 'node:timers/promises';
import { commandIdSchema, phoneSchema, type CommandId, type Phone } from '@stopcovid/contracts';
import { connectTwilio } from '@stopcovid/twilio';
import { stackAccount } from '@stopcovid/stack';
import type { Scene } from './scene';
import type { System } from './system';

type Garbage = 'none' | 'html' | 'truncated' | 'errorIn200';

/** What goes wrong at the emulator: times in milliseconds, chances from 0 to 1. */
type CarrierFaults = {
  readonly answerDelayMs: number;
  readonly failAfterAccepting: number;
  readonly dropAfterAccepting: number;
  readonly throttle: number;
  readonly retryAfterSeconds: number;
  readonly duplicateCallbacks: number;
  readonly missingCallbacks: number;
  readonly reorderCallbacks: number;
  readonly callbackDelayMs: number;
  readonly garbage: Garbage;
  readonly listGarbage: Garbage;
  readonly listLagMs: number;
  readonly listDelayMs: number;
  readonly loseInbound: number;
  readonly reorderInbound: number;
  readonly duplicateInbound: number;
};

/** A carrier in good health. */
export const well: CarrierFaults = {
  answerDelayMs: 0,
  failAfterAccepting: 0,
  dropAfterAccepting: 0,
  throttle: 0,
  retryAfterSeconds: 0,
  duplicateCallbacks: 0,
  missingCallbacks: 0,
  reorderCallbacks: 0,
  callbackDelayMs: 0,
  garbage: 'none',
  listGarbage: 'none',
  listLagMs: 0,
  listDelayMs: 0,
  loseInbound: 0,
  reorderInbound: 0,
  duplicateInbound: 0,
};

const ask = async ({ system }: Scene, method: string, ...[path, body]: readonly [string, object?]) => {
  const response = await fetch(`${system.emulator.url}/emulator/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the carrier refuses ${method} ${path}: ${response.status}`);
  return response.json();
};

/** Makes these faults the only ones. */
export const setCarrier = async (scene: Scene, faults: Partial<CarrierFaults>): Promise<void> => {
  await ask(scene, 'PUT', 'settings', { ...well, ...faults });
};

/** Gives these phones faults of their own, and nobody else. */
export const setCarrierFor = async (
  scene: Scene,
  phones: readonly Phone[],
  faults: Partial<CarrierFaults>,
): Promise<void> => {
  for (const phone of phones) await ask(scene, 'PUT', `phones/${phone}/faults`, faults);
};

/** Takes these phones' own faults away. */
export const healCarrierFor = async ({ system }: Scene, phones: readonly Phone[]): Promise<void> => {
  for (const phone of phones) {
    const url = `${system.emulator.url}/emulator/api/phones/${phone}/faults`;
    const { ok, status } = await fetch(url, { method: 'DELETE' });
    if (!ok) throw new Error(`the carrier refuses to heal a phone: ${status}`);
  }
};

/** How the webhooks of a crowd went. */
export type Handed = {
  readonly texts: number;
  readonly accepted: number;
  readonly refused: number;
  readonly lost: number;
};

export type Crowd = { readonly phones: number; readonly texts: number; readonly messagesPerSecond: number };

/** Lets so many people text through the carrier; resolves when every webhook was taken, given up or lost. */
export const letCrowdText = async (scene: Scene, crowd: Crowd): Promise<Handed> => {
  const seed = Math.floor(scene.random() * 1_000_000);
  await ask(scene, 'POST', 'load', { ...crowd, seed, durationSeconds: 60 });
  for (;;) {
    await pause(100);
    const told = (await ask(scene, 'GET', 'load')) as Handed & { state: string; underWay: number };
    if (told.state !== 'running' && told.underWay === 0) return told;
  }
};

/** Where the carrier is, and with what it signs and is asked. */
export type CarrierPlace = Pick<System, 'authToken'> & { readonly emulator: Pick<System['emulator'], 'url'> };

/** A text to us as the carrier's list has it. */
export type Listed = { readonly sid: CommandId; readonly from: Phone };

/** All texts to us that the carrier lists, oldest first: what a sweep would find. */
export const listedBy = async ({ emulator, authToken }: CarrierPlace): Promise<readonly Listed[]> => {
  const access = { accountSid: stackAccount.sid, username: stackAccount.sid, password: authToken };
  const twilio = connectTwilio({ ...access, apiUrl: new URL(emulator.url) });
  const newestFirst = await twilio.client.messages.list({ to: stackAccount.number, pageSize: 1_000 });
  twilio.close();
  return newestFirst
    .map(({ sid, from }) => ({ sid: commandIdSchema.parse(sid), from: phoneSchema.parse(from) }))
    .reverse();
};
