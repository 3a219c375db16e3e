import { setTimeout as pause } from 'node:timers/promises';
import { placesText } from '@stopcovid/carrier-emulator';
import { say } from '../kit';
import { courseLine } from './course-of-day';
import { behaviourOf, type People } from './people';
import type { Options } from './options';
import type { DaySystem } from './system';

type Emulator = DaySystem['emulator'];

/** What a crowd has done so far, as the emulator tells it. */
type Told = {
  readonly texts: number;
  readonly heard: number;
  readonly underWay: number;
  readonly state: string;
};

/** Asks the emulator's own API; what it answers, or nothing. */
export const ask = async ({ url }: Emulator, path: string, asked: RequestInit = {}): Promise<unknown> => {
  const response = await fetch(`${url}/emulator/api/${path}`, asked);
  if (!response.ok)
    throw new Error(`the emulator refuses ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
};

const post = (emulator: Emulator, path: string, body: object): Promise<unknown> =>
  ask(emulator, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const told = async (emulator: Emulator): Promise<Told> => (await ask(emulator, 'load')) as Told;

const longest = 604_800;

/** Everybody waits to be texted from now on, until they are sent away. */
export const letPeopleAnswer = async (
  emulator: Emulator,
  people: People,
  options: Options,
): Promise<void> => {
  await post(emulator, 'load', {
    seed: options.seed,
    places: placesText(people.places),
    durationSeconds: longest,
    registered: true,
    behaviour: behaviourOf(options),
  });
};

/** How many texts a second, for how many seconds, and whose turns and words they are. */
export type Turns = { readonly perSecond: number; readonly seconds: number; readonly seed: number };

/** People take turns at so many texts a second for so long; resolves when each webhook was answered. */
export const letPeopleTakeTurns = async (
  emulator: Emulator,
  people: People,
  { options, turns }: { readonly options: Options; readonly turns: Turns },
): Promise<void> => {
  await post(emulator, 'load', {
    seed: turns.seed,
    places: placesText(people.places),
    durationSeconds: turns.seconds,
    messagesPerSecond: turns.perSecond,
    registered: true,
    behaviour: behaviourOf(options),
  });
  for (
    let now = await told(emulator);
    now.state === 'running' || now.underWay > 0;
    now = await told(emulator)
  )
    await pause(200);
};

export const sendPeopleAway = async (emulator: Emulator): Promise<void> => {
  await ask(emulator, 'load', { method: 'DELETE' });
};

const lookEveryMs = 500;
const tellEveryMs = 10_000;

/** Resolves when the first of the crowd was texted, or at that instant. */
export const untilTexted = async (emulator: Emulator, atLatest: number): Promise<void> => {
  while ((await told(emulator)).heard === 0 && Date.now() < atLatest) await pause(lookEveryMs);
};

/** How many texts there were by now, in and out. */
export const textsBy = async (emulator: Emulator): Promise<number> => {
  const { texts, heard } = await told(emulator);
  return texts + heard;
};

type Awaited = {
  readonly forMs: number;
  /** How many texts a whole day is expected to have. */
  readonly expected: number;
};

/** Resolves when nobody has written or been texted for so long; tells now and then how far the day is. */
export const untilSilent = async (emulator: Emulator, { forMs, expected }: Awaited): Promise<void> => {
  let [last, silentSince, tellAt] = [await told(emulator), Date.now(), Date.now() + tellEveryMs];
  let toldOf = last.texts + last.heard;
  while (Date.now() - silentSince < forMs) {
    await pause(lookEveryMs);
    const now = await told(emulator);
    if (now.texts !== last.texts || now.heard !== last.heard || now.underWay > 0) silentSince = Date.now();
    if (Date.now() >= tellAt) {
      const done = now.texts + now.heard;
      const perSecond = ((done - toldOf) * 1_000) / (Date.now() - tellAt + tellEveryMs);
      say(courseLine({ done, expected, perSecond }));
      toldOf = done;
      tellAt = Date.now() + tellEveryMs;
    }
    last = now;
  }
};

/** One person writes one text. */
export const write = (emulator: Emulator, from: string, text: string): Promise<unknown> =>
  post(emulator, 'texts', { from, text });

/** Which texts of the service the carrier has accepted after that one, oldest first. */
export const acceptedAfter = async (
  emulator: Emulator,
  after: number,
): Promise<readonly { readonly sequence: number; readonly to: string }[]> =>
  (await ask(emulator, `accepted?after=${after}`)) as never;
