import type {
  Account,
  DrillHash,
  DrillRevision,
  DrillRunId,
  DrillSlug,
  Timestamp,
} from '@stopcovid/contracts';
import type { KeywordIndex } from './keywords';

/** What a lookup of a registration code said. */
export type RegistrationAnswer =
  | { readonly status: 'Valid'; readonly demo: boolean; readonly account: Account }
  | { readonly status: 'Unknown' }
  | { readonly status: 'Unavailable' };

/** A drill by its revision, or the one that is current under a name. */
export type WantedRevision = { readonly revision: DrillHash } | { readonly current: DrillSlug };

/** What must be fetched before `decide` can be called. An absent field is not needed. */
export type Needs = {
  readonly drill?: WantedRevision;
  /** The drills of prompts that are to be repeated, or at which an opt-out cut a run off. What cannot be found is left out. */
  readonly repeats?: readonly WantedRevision[];
  /** The code to look up, normalised. */
  readonly registration?: string;
};

/** What `decide` may know of the world: fetched first, so that deciding asks no one. */
export type Facts = {
  /** When the command is decided. */
  readonly at: Timestamp;
  /** The id of the run that this command would start. */
  readonly runId: DrillRunId;
  readonly keywords: KeywordIndex;
  /** The revision named by `needs`; for a `StartDrill` with content, that content under its hash. */
  readonly drill?: DrillRevision;
  /** Those of the `repeats` in `needs` that there are. */
  readonly repeats?: readonly DrillRevision[];
  readonly registration?: RegistrationAnswer;
  /** Nothing was decided of this phone before. */
  readonly isFirst?: boolean;
  /** So many hours after an opt-out its drill goes on where it stopped; a day where nothing is said. */
  readonly goesOnHours?: number;
  /** The employer's budget for texts is spent: nothing that only a schedule wants is started. */
  readonly budgetSpent?: boolean;
  /** So many phones wait for scheduled texts that for now nothing that only a schedule wants is started. */
  readonly congested?: boolean;
};

/** The drill that `needs` asked for. Throws without it: whoever calls `decide` fetches first. */
export const drillFact = ({ drill }: Facts): DrillRevision => {
  if (drill === undefined) throw new Error('decide was called without the drill that needs() names');
  return drill;
};

/** The registration's answer that `needs` asked for. Throws without it, like `drillFact`. */
export const registrationFact = ({ registration }: Facts): RegistrationAnswer => {
  if (registration === undefined)
    throw new Error('decide was called without the registration that needs() names');
  return registration;
};
