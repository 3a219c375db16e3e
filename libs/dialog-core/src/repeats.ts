import type { Command, DrillContent, DrillRevision, PlannedRepeat, Repeat } from '@stopcovid/contracts';
import { drillFact, type Facts, type Needs } from './facts';
import { isGraded, promptOf } from './prompts';
import type { DialogState, Run } from './state';

/** How events name a repeat. */
export const repeatOf = ({ drill, prompt }: PlannedRepeat): { readonly repeat: Repeat } => ({
  repeat: { drill, prompt },
});

/** The repeat that a run is at: its open question, or the one to be put next. Undefined once they are done. */
const repeatAt = ({ repeats }: Run): PlannedRepeat | undefined => repeats?.[0];

/** How an event about the open question of a run names the repeat that it is, if it is one. */
export const repeatNow = (run: Run): { readonly repeat?: Repeat } => {
  const repeat = repeatAt(run);
  return repeat === undefined ? {} : repeatOf(repeat);
};

/** How an event says of a run that it has repeats alone, if it has. */
export const aloneIn = ({ repeatsOnly }: Run): Pick<Run, 'repeatsOnly'> =>
  repeatsOnly === undefined ? {} : { repeatsOnly };

/** The drill that the open question of a run is of. Throws when its revision was not fetched. */
export const contentAt = (run: Run, facts: Facts): DrillContent => {
  const repeat = repeatAt(run);
  return repeat === undefined ? drillFact(facts).content : repeatedContent(repeat, facts);
};

/** The drill that a repeat is of. Throws when its revision was not fetched. */
export const repeatedContent = (repeat: PlannedRepeat, facts: Facts): DrillContent => {
  const content = contentOf(repeat, facts);
  if (content === undefined) throw new Error('decide was called without the repeats that needs() names');
  return content;
};

/** The drill that the question is of at which a run was cut off, if its revision is still there. */
export const contentStopped = (run: Run, facts: Facts): DrillContent | undefined =>
  contentOf(repeatAt(run) ?? run, facts);

const contentOf = ({ revision }: Pick<Run, 'revision'>, { repeats = [] }: Facts): DrillContent | undefined =>
  repeats.find(({ hash }) => hash === revision)?.content;

/** What must be fetched to go on with the open question of a state. */
export const needsOfOpen = ({ conversation }: DialogState): Needs => {
  if (conversation.status !== 'AwaitingReply') return {};
  const { revision, repeats = [] } = conversation.run;
  const drill = { revision };
  return repeats.length === 0
    ? { drill }
    : { drill, repeats: repeats.map((one) => ({ revision: one.revision })) };
};

type Repeating = Pick<Command<'StartDrill'>, 'repeats'>;

/** What must be fetched to begin with the repeats of a start. */
export const needsOfRepeats = ({ repeats = [] }: Repeating): Pick<Needs, 'repeats'> =>
  repeats.length === 0
    ? {}
    : {
        repeats: repeats.map(({ drill, revision }) =>
          revision === undefined ? { current: drill } : { revision },
        ),
      };

type Wanted = NonNullable<Repeating['repeats']>[number];

const isOf = ({ drill, revision }: Wanted, { hash, content }: DrillRevision): boolean =>
  revision === undefined ? content.slug === drill : hash === revision;

/** The repeats that a run begins with. One whose drill or question is gone, or that has no right answer, is left out. */
export const planned = (
  { repeats = [] }: Repeating,
  { repeats: revisions = [] }: Facts,
): readonly PlannedRepeat[] =>
  repeats.flatMap((wanted) => {
    const found = revisions.find((revision) => isOf(wanted, revision));
    const prompt = found && promptOf(found.content, wanted.prompt);
    return found && prompt && isGraded(prompt)
      ? [{ drill: found.content.slug, revision: found.hash, prompt: wanted.prompt }]
      : [];
  });

/** The next repeat of a run, between two prompts, with the drill that it is of. */
export const nextRepeat = (
  { repeats = [] }: Run,
  facts: Facts,
): { readonly repeat: PlannedRepeat; readonly content: DrillContent } | undefined => {
  for (const repeat of repeats) {
    const content = contentOf(repeat, facts);
    if (content !== undefined) return { repeat, content };
  }
  return undefined;
};

const withRepeats = (
  { runId, drill, revision, right, graded, repeatsOnly, last }: Run,
  repeats: readonly PlannedRepeat[],
): Run => ({
  runId,
  drill,
  revision,
  right,
  graded,
  ...(repeats.length > 0 && { repeats }),
  ...(repeatsOnly && { repeatsOnly }),
  ...(last && { last }),
});

/** A run after its present repeat is settled. It counts for nothing in the drill's own score. */
export const afterRepeat = (run: Run): Run => withRepeats(run, run.repeats?.slice(1) ?? []);

/** A run that has come to a repeat, or to a prompt of its own. */
export const comeTo = (run: Run, repeat: Repeat | undefined): Run => {
  if (run.repeats === undefined) return run;
  const at = run.repeats.findIndex(
    ({ drill, prompt }) => drill === repeat?.drill && prompt === repeat.prompt,
  );
  return withRepeats(run, at === -1 ? [] : run.repeats.slice(at));
};
