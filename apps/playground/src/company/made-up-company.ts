import { setImmediate as nextTurn } from 'node:timers/promises';
import { topics, type Phone } from '@stopcovid/contracts';
import type { MadeUpCompany, MadeUpCompanyState } from '@stopcovid/carrier-emulator';
import { seededRandom } from '@stopcovid/carrier-emulator';
import type { Catalogue } from '@stopcovid/drills';
import type { OutgoingRecord, Publisher } from '@stopcovid/kafka';
import { Life } from './life';
import { pastEngine, type PastEngine, type PastEngineParts } from './past-engine';
import { pastTexts } from './past-texts';
import { peopleOf, type Person } from './people';

/** What the company is made with. */
export type CompanyParts = Pick<PastEngineParts, 'dialogs'> & {
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly catalogue: () => Promise<Catalogue>;
  readonly people: readonly Person[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Sees to it that nothing comes to these people by itself. Called once the first of them is known. */
  readonly keepStill: (employerId: string) => Promise<void>;
  /** Lets operators remind these, who have a question open, and start drills for them. Still nothing comes by itself. */
  readonly letBeAsked: (phones: readonly Phone[]) => Promise<void>;
  /** Resolves when all that was published has been read. */
  readonly drained: () => Promise<void>;
  readonly onFailed: (error: unknown) => void;
};

const employer = { employerId: 'harbor-hotels', employerName: 'Harbor Hotels' };
const seed = 20_260_301;
/** The 500 who work there. */
export const everybody = (): readonly Person[] => peopleOf(seededRandom(seed));

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const days = 28;

/* Whose events are read together: a reader takes many at once as fast as few. */
const atOnce = 20;

/** Ten in the morning in New York, or eleven, so many days ago. */
const firstMorningOf = (now: number): number => Math.floor(now / dayMs) * dayMs - days * dayMs + 15 * hourMs;

/** An engine of past days, and what puts on the topics all that it decided since the last time, with the texts of it. */
type RecordingEngine = { readonly engine: PastEngine; readonly publish: () => Promise<void> };

const recordingEngine = (parts: CompanyParts, catalogue: Catalogue): RecordingEngine => {
  const told: OutgoingRecord[] = [];
  const texts: OutgoingRecord[] = [];
  const textsOf = pastTexts();
  const decided = pastEngine({ ...parts, catalogue, tell: (records) => told.push(...records) });
  return {
    engine: {
      decide: async (command) => {
        const batch = await decided.decide(command);
        texts.push(...textsOf(command, batch));
        return batch;
      },
    },
    publish: async () => {
      await parts.publisher.publish(topics.dialogEvents, told.splice(0));
      await parts.publisher.publish(topics.smsLog, texts.splice(0));
    },
  };
};

/**
 * A company with four weeks behind it, made by the engine's own rules: the same people with the same figures
 * every time. Nobody of them has a phone.
 */
export const madeUpCompany = (parts: CompanyParts): MadeUpCompany => {
  const { people } = parts;
  let state: MadeUpCompanyState = { is: 'none', people: people.length, lived: 0 };

  const stateOf = async ({ phone }: Person) => {
    const stored = (await parts.dialogs.load([phone])).get(phone);
    return stored?.kind === 'readable' ? stored.dialog.state : undefined;
  };
  /* The tracker has settings for those alone of whom it knows somebody. */
  const keepStill = async (): Promise<void> => {
    await parts.drained();
    await parts.keepStill(employer.employerId);
  };
  const phonesWithQuestion = async (): Promise<readonly Phone[]> => {
    const states = await Promise.all(people.map(stateOf));
    return people
      .filter((_person, index) => states[index]?.conversation.status === 'AwaitingReply')
      .map(({ phone }) => phone);
  };
  const make = async (): Promise<void> => {
    const [now, catalogue] = [parts.now(), await parts.catalogue()];
    const { engine, publish } = recordingEngine(parts, catalogue);
    const around = {
      engine,
      stateOf,
      catalogue,
      account: employer,
      firstMorning: firstMorningOf(now),
      until: now - hourMs / 60,
    };
    for (const [index, person] of people.entries()) {
      await new Life(person, around, seededRandom(seed + Math.imul(index + 1, 0x9e3779b1))).live();
      if (index > 0 && index % atOnce !== 0) continue;
      await publish();
      state = { is: 'coming', people: people.length, lived: index + 1 };
      if (index === 0) await keepStill();
      await nextTurn();
    }
    await publish();
    await parts.drained();
    await parts.letBeAsked(await phonesWithQuestion());
    state = { is: 'here', people: people.length, lived: people.length };
  };
  return {
    state: () => state,
    fill: () => {
      if (state.is !== 'none') return state;
      state = { ...state, is: 'coming' };
      make().catch((error: unknown) => {
        state = { ...state, is: 'failed' };
        parts.onFailed(error);
      });
      return state;
    },
  };
};
