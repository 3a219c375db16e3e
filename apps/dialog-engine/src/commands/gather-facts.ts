import type {
  Command,
  DialogCommand,
  DrillHash,
  DrillRevision,
  DrillRunId,
  DrillSlug,
  Timestamp,
} from '@stopcovid/contracts';
import {
  isScheduled,
  needs,
  whyNotNow,
  type DialogState,
  type Facts,
  type Needs,
  type Run,
  type Start,
  type WantedRevision,
} from '@stopcovid/dialog-core';
import type { CatalogueSource } from '../catalogue';
import type { SenderPressure } from '../postponing/sender-pressure';
import type { SpentBudgets } from '../postponing/spent-budgets';
import type { Patience, RegistrationLookup } from '../registration/registration';
import type { RevisionStore } from '../revisions/revision-store';
import { revisionOf } from '../revisions/travelling-drill';
import type { AsideCode, WaitCode } from './failure-codes';

/** Where facts come from. */
export type FactSources = {
  readonly catalogue: CatalogueSource;
  readonly revisions: RevisionStore;
  readonly registration: RegistrationLookup;
  /** Without them nobody has a budget. */
  readonly budgets?: SpentBudgets;
  /** Without it the sender has room for everything. */
  readonly pressure?: SenderPressure;
  readonly clock: () => Timestamp;
  readonly newRunId: () => DrillRunId;
  /** Without it the core's own limit holds. */
  readonly goesOnHours?: number;
};

/** What `decide` may know, or why the command can never be decided, or has to wait. */
export type Gathered =
  | { readonly kind: 'facts'; readonly facts: Facts }
  | { readonly kind: 'never'; readonly code: AsideCode; readonly reason: string }
  | { readonly kind: 'notYet'; readonly code: WaitCode; readonly reason: string };
type Missing = Exclude<Gathered, { readonly kind: 'facts' }>;
type Drill = DrillRevision | undefined | Missing;

const isMissing = (found: DrillRevision | readonly DrillRevision[] | Missing | undefined): found is Missing =>
  found !== undefined && 'kind' in found;

const missing = (code: AsideCode, reason: string): Missing => ({ kind: 'never', code, reason });

/** What one command is about to be decided with, and how long an answer from outside is waited for. */
export type Question = {
  readonly state: DialogState;
  readonly command: DialogCommand;
  readonly patience: Patience;
};

/** Fetches what one command needs. Throws when our own store is down; an outside service that is down is a fact. */
export const gatherFacts = async (
  sources: FactSources,
  { state, command, patience }: Question,
): Promise<Gathered> => {
  const { keywords } = sources.catalogue.current();
  const needed = needs(state, command, keywords);
  const { repeats: wanted, registration: code } = needed;
  const [drill, repeats, registration] = await Promise.all([
    drillFor(sources, needed, command),
    wanted && repeatsFor(sources, wanted),
    code === undefined ? undefined : sources.registration.lookup(code, patience),
  ]);
  if (isMissing(drill)) return drill;
  if (isMissing(repeats)) return repeats;
  const at = sources.clock();
  return {
    kind: 'facts',
    facts: {
      at,
      runId: sources.newRunId(),
      keywords,
      ...goesOnIn(sources),
      ...(drill !== undefined && { drill }),
      ...(repeats !== undefined && { repeats }),
      ...(registration !== undefined && { registration }),
      ...((drill ?? repeats) !== undefined && heldBackBy(sources, state, { command, at })),
    },
  };
};

const goesOnIn = ({ goesOnHours }: FactSources): Pick<Facts, 'goesOnHours'> =>
  goesOnHours === undefined ? {} : { goesOnHours };

/**
 * What of ours holds back what only a schedule wants. The sender comes last: asking for a place uses one up, and what
 * cannot begin for another reason asks for none.
 */
const heldBackBy = (
  { budgets, pressure }: FactSources,
  state: DialogState,
  { command, at }: { readonly command: DialogCommand; readonly at: Timestamp },
): Pick<Facts, 'budgetSpent' | 'congested'> => {
  if (!isStart(command) || !isScheduled(command)) return {};
  if (whyNotNow(state, command, at) !== undefined) return {};
  const { account } = state.trainee;
  if (account.employerId !== undefined && budgets?.has(account.employerId)) return { budgetSpent: true };
  return pressure?.takesOneMore() === false ? { congested: true } : {};
};

const drillFor = async (sources: FactSources, needed: Needs, command: DialogCommand): Promise<Drill> => {
  if (command.type === 'StartDrill' && command.content !== undefined) return travelling(sources, command);
  if (needed.drill === undefined) return undefined;
  return 'current' in needed.drill
    ? current(sources, needed.drill.current)
    : known(sources, needed.drill.revision);
};

/** The dialog will point at this revision, so it is kept first, should nobody have kept it since the last edit. */
const current = async ({ catalogue, revisions }: FactSources, slug: DrillSlug): Promise<Drill> => {
  const revision = catalogue.current().catalogue.revisions.get(slug);
  if (revision === undefined) return missing('DRILL_UNKNOWN', `no drill ${slug} in the catalogue`);
  await revisions.save([revision]);
  return revision;
};

const known = async ({ revisions }: FactSources, hash: DrillHash): Promise<Drill> => {
  const found = (await revisions.load([hash])).get(hash);
  if (found === undefined) return missing('REVISION_UNKNOWN', `no drill revision ${hash}`);
  if (found.kind === 'readable') return found.value;
  return { kind: 'notYet', code: 'REVISION_UNREADABLE', reason: `drill revision ${hash}: ${found.reason}` };
};

/** The drills of prompts to repeat, as far as there still are such drills; one that cannot be read is waited for. */
const repeatsFor = async (
  sources: FactSources,
  wanted: readonly WantedRevision[],
): Promise<readonly DrillRevision[] | Missing> => {
  const found = await Promise.all(
    wanted.map((one) => ('current' in one ? current(sources, one.current) : known(sources, one.revision))),
  );
  const unreadable = found.find((one) => isMissing(one) && one.kind === 'notYet');
  if (isMissing(unreadable)) return unreadable;
  return found.flatMap((one) => (one === undefined || isMissing(one) ? [] : [one]));
};

/** A drill that came with its command is kept first: the dialog will point at it. */
const travelling = async ({ revisions }: FactSources, command: Command<'StartDrill'>): Promise<Drill> => {
  const read = revisionOf(command);
  if (!read.ok) return missing('DRILL_CONTENT_INVALID', read.reason);
  await revisions.save([read.revision]);
  return read.revision;
};

const revisionsOf = ({ revision, repeats = [] }: Run): readonly DrillHash[] => [
  revision,
  ...repeats.map((repeat) => repeat.revision),
];

const isStart = (command: DialogCommand): command is Start =>
  command.type === 'StartDrill' || command.type === 'RepeatPrompts';

const revisionsNamedBy = (start: Start): readonly DrillHash[] =>
  [
    start.type === 'StartDrill' ? start.revision : undefined,
    ...(start.repeats ?? []).map(({ revision }) => revision),
  ].filter((hash) => hash !== undefined);

/** Fetches the revisions that these dialogs and commands point at in one go, so that gathering finds them at hand. */
export const fetchRevisions = async (
  { revisions }: FactSources,
  states: readonly DialogState[],
  commands: readonly DialogCommand[],
): Promise<void> => {
  const running = states.flatMap(({ conversation }) =>
    'run' in conversation ? revisionsOf(conversation.run) : [],
  );
  const named = commands.flatMap((command) => (isStart(command) ? revisionsNamedBy(command) : []));
  const hashes = [...new Set([...running, ...named])];
  if (hashes.length > 0) await revisions.load(hashes);
};
