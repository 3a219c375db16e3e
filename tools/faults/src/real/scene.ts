import { setTimeout as pause } from 'node:timers/promises';
import type { CommandId, Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { ClockHours } from './clock-hours';
import { patiently } from './patience';
import type { Random } from './seeded';
import type { SlowWindow } from './slow-window';
import type { Node, System } from './system';
import type { Watch } from './watch';

/** Records of topics that were lost. */
export type Earlier = {
  readonly commands: LogRecord[];
  readonly events: LogRecord[];
  readonly smsLog: LogRecord[];
};

/** What a recipe works with. */
export type Scene = {
  readonly system: System;
  /** The repository's top folder. */
  readonly root: string;
  readonly watch: Watch;
  readonly random: Random;
  /** The phones of the load. */
  readonly trainees: readonly Phone[];
  readonly say: (line: string) => void;
  /** Phones that are meant to be wrong: a recipe adds its own. */
  readonly madeUp: Set<Phone>;
  /** Texts of which no webhook was taken: only the sweep can bring them. */
  readonly untold: Set<CommandId>;
  /** What was slow, and for whom: nobody else may have waited for it. */
  readonly slow: SlowWindow[];
  /** What was slow while the machine was too busy to tell what anybody waited for. */
  readonly unjudged: string[];
  /** The hours in which things came by time. */
  readonly clocks: ClockHours[];
  /** Phones that only unsigned requests name. */
  readonly forged: Set<Phone>;
  /** Whether recipes that can be longer or shorter are to be short, as for CI. */
  readonly short: boolean;
  /** What only this runner can see: a promise broken that leaves no trace in topics or stores. */
  readonly broken: string[];
  /** How long recipes that soak do so; undefined is as long as each does by itself. */
  readonly soakMinutes: number | undefined;
  /** What stood on topics that were lost since, as far as it must still be true. */
  readonly earlier: Earlier;
  /** Texts that went out of batches that were lost since, by the carrier's ids: nothing of ours can tell of them. */
  readonly forgotten: Set<string>;
};

/** How long a recipe's fault kept partitions from working, once it was over; undefined where nothing had to recover. */
export type Recovery =
  | {
      readonly workedAgainMs: number;
      /** What takes so long that the next recipes are played meanwhile; the load goes on until it has ended. */
      readonly later?: () => Promise<void>;
    }
  | undefined;

/** One fault, short and repeatable. It leaves the system as it found it. */
export type Recipe = {
  readonly name: string;
  readonly say: string;
  /** Whether the short run has it. */
  readonly short: boolean;
  /** Whether it has a system of its own: what it leaves behind would disturb the others. */
  readonly alone?: true;
  /** Whether trainees text through the carrier, few of them and slowly: its list has all that they wrote. */
  readonly throughCarrier?: true;
  /** Whether it lasts long, under a steady rate of texts: it is played only when it is named. */
  readonly soaks?: true;
  readonly run: (scene: Scene) => Promise<Recovery>;
};

/** The replicas of each kind of service. */
export const kindsOf = ({ engines, senders, trackers, ingresses }: System): readonly (readonly Node[])[] => [
  engines,
  senders,
  trackers,
  ingresses,
];

export const allNodes = ({ ingresses, engines, senders, trackers }: System): readonly Node[] => [
  ...ingresses,
  ...engines,
  ...senders,
  ...trackers,
];

/** How many batches stand on the event topic. */
export const decidedOf = async ({ watch }: Scene): Promise<number> => {
  const { stands } = await watch.next(30_000);
  return stands
    .filter(({ place }) => place.startsWith('sms-sender'))
    .reduce((sum, { end }) => sum + Number(end), 0);
};

/** Waits until every partition of every group has worked on. Rejects at the limit, which is that of an idle machine. */
export const workedAgain = async ({ watch }: Scene, idleLimitMs: number): Promise<NonNullable<Recovery>> => {
  const since = Date.now();
  const limitMs = patiently(idleLimitMs);
  const before = await watch.next(limitMs);
  await watch.movedOn(before, limitMs);
  return { workedAgainMs: Date.now() - since };
};

/** A crash is noticed after the session timeout; then there are five seconds to share the partitions anew. */
export const afterCrashMs = ({ system }: Scene): number => system.sessionMs + 5_000;

/** After the broker or the database is back, or a network is healed. */
export const afterOutageMs = 60_000;

export const wait = (ms: number): Promise<void> => pause(ms);
