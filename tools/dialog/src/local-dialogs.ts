import {
  runIdSchema,
  timestampSchema,
  type DialogCommand,
  type DrillRevision,
  type EventBatch,
  type Phone,
  type Timestamp,
} from '@stopcovid/contracts';
import {
  compileKeywords,
  initialState,
  needs,
  step,
  toBatch,
  type DialogState,
  type Facts,
  type KeywordIndex,
  type Needs,
  type WantedRevision,
} from '@stopcovid/dialog-core';
import { toRevision, type Catalogue } from '@stopcovid/drills';
import type { Codes } from './codes-file';

/** What dialogs in this process are decided with. */
export type LocalWorld = {
  readonly catalogue: Catalogue;
  readonly codes: Codes;
  readonly now: (command: DialogCommand) => Timestamp;
  readonly newRunId: () => string;
};

type Dialog = { readonly version: number; readonly state: DialogState; readonly decided: Set<string> };

/** A command was decided, had been decided before, or can never be. */
export type LocalResult =
  | { readonly kind: 'decided'; readonly batch: EventBatch }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

const newDialog = (): Dialog => ({ version: 0, state: initialState(), decided: new Set() });

/**
 * The engine's own core over memory: no Kafka, no MongoDB, no clock and no chance but those given. The same commands
 * in the same world give the same batches.
 */
export class LocalDialogs {
  readonly #dialogs = new Map<Phone, Dialog>();
  readonly #revisions: Map<string, DrillRevision>;
  readonly #keywords: KeywordIndex;

  constructor(private readonly world: LocalWorld) {
    this.#revisions = new Map(world.catalogue.byHash);
    this.#keywords = compileKeywords(world.catalogue.keywords);
  }

  handle(command: DialogCommand): LocalResult {
    const dialog = this.#dialogs.get(command.phone) ?? newDialog();
    if (dialog.decided.has(command.commandId)) return { kind: 'repeated' };
    const drill = this.#drillFor(command, needs(dialog.state, command, this.#keywords));
    if (drill === 'unknown')
      return { kind: 'refused', code: 'DRILL_UNKNOWN', reason: 'no such drill in the catalogue' };
    const at = this.world.now(command);
    const { events, state } = step(dialog.state, command, {
      ...this.#facts(dialog.state, { command, at, drill }),
      isFirst: dialog.version === 0,
    });
    const version = dialog.version + 1;
    this.#dialogs.set(command.phone, { version, state, decided: dialog.decided.add(command.commandId) });
    return { kind: 'decided', batch: toBatch({ command, version, at, events, state }) };
  }

  #facts(
    state: DialogState,
    known: { command: DialogCommand; at: Timestamp; drill: DrillRevision | undefined },
  ): Facts {
    const { registration, repeats } = needs(state, known.command, this.#keywords);
    return {
      at: known.at,
      runId: runIdSchema.parse(this.world.newRunId()),
      keywords: this.#keywords,
      ...(known.drill === undefined ? {} : { drill: known.drill }),
      ...(repeats === undefined ? {} : { repeats: repeats.flatMap((one) => this.#find(one) ?? []) }),
      ...(registration === undefined
        ? {}
        : { registration: this.world.codes.get(registration) ?? { status: 'Unknown' } }),
    };
  }

  #drillFor(command: DialogCommand, { drill }: Needs): DrillRevision | undefined | 'unknown' {
    if (command.type === 'StartDrill' && command.content !== undefined)
      return this.#keep(toRevision(command.content));
    if (drill === undefined) return undefined;
    return this.#find(drill) ?? 'unknown';
  }

  #find(wanted: WantedRevision): DrillRevision | undefined {
    return 'current' in wanted
      ? this.world.catalogue.revisions.get(wanted.current)
      : this.#revisions.get(wanted.revision);
  }

  #keep(revision: DrillRevision): DrillRevision {
    this.#revisions.set(revision.hash, revision);
    return revision;
  }
}

/** The given time for every command, or each command's own. */
export const clockOf = (fixed: string | undefined): LocalWorld['now'] => {
  if (fixed === undefined) return (command) => command.at;
  const at = timestampSchema.parse(fixed);
  return () => at;
};
