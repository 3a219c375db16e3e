import type { OffsetFindings } from './check-offsets';
import type { Comparison, Standing } from './check-versions';

/** One thing that is not as it should be, how often, and what mends it. */
export type Finding = { readonly what: string; readonly count: number; readonly remedy: string };

const older = ({ behind, missing }: Standing): number => behind + missing;

/** What a comparison of topics and database comes to; nothing where all is well. */
export const findingsOf = (
  { of, holes, unknown }: Comparison,
  { beyond, madeAnew }: OffsetFindings,
): readonly Finding[] =>
  [
    {
      what: 'dialogs are behind their batches',
      count: older(of.dialogs),
      remedy: 'dialog restore fold',
    },
    {
      what: 'dialogs are ahead of their batches',
      count: of.dialogs.ahead,
      remedy: 'a later copy of the topics, or dialog repair <phone>: the outbox may have them',
    },
    {
      what: 'dialogs are unknown to the topic',
      count: unknown,
      remedy: 'a later copy of the topics: who reads them from the beginning sees a hole',
    },
    {
      what: 'phones have a hole in their batches',
      count: holes,
      remedy: 'dialog repair <phone>, or a later copy of the topics',
    },
    {
      what: 'outboxes are behind the batches',
      count: older(of.outboxes),
      remedy: 'dialog restore settle, before sms-sender runs: it would send again what went out',
    },
    {
      what: 'trainees are behind the batches',
      count: older(of.trainees),
      remedy: 'dialog rebuild --all --swap --late',
    },
    {
      what: 'partitions of commands end before what was decided of them',
      count: madeAnew,
      remedy: 'dialog topics accept-reset dialog.commands.v1',
    },
    ...beyond.map(({ group, partitions }) => ({
      what: `partitions end before where the group ${group} reads`,
      count: partitions,
      remedy: `kafka-consumer-groups --delete --group ${group}, while the service is stopped`,
    })),
  ].filter(({ count }) => count > 0);
