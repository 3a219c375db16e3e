import { textsPerStart } from '../options';
import { headroom, partitionsPerReplica, partitionStep, replicasAtLeast } from './model';
import { markdownTable } from './table.testkit';

const rows: readonly (readonly string[])[] = [
  ['what', 'unit', 'formula'],
  ['drills at nine', 'drills', 'trainees × share due ÷ zones'],
  ['zones at once', '', 'hours within which a drill is done, at least 1, at most all zones'],
  [
    'rate needed',
    'segments a second',
    'drills at nine × texts out of a drill × segments of a text ÷ seconds within which a drill is done × zones at once',
  ],
  [
    'nine o’clock',
    'seconds',
    `drills at nine × ${textsPerStart} texts that begin one × segments of a text ÷ the account’s rate`,
  ],
  [
    'texts at the peak',
    'texts a second',
    'out: the rate needed or the account’s, whichever is less, ÷ segments of a text; in: as many as belong to those',
  ],
  [
    'each service, Kafka, the database',
    'cores',
    `processes × (what an idle one takes + texts of one × CPU seconds of a text + batches of one × CPU seconds of a batch) × ${headroom}`,
  ],
  [
    'batches',
    'a second of a process',
    'texts a second of it ÷ (1 + texts a second of it ÷ batches a second at most), as long as there is CPU to spare; beyond the highest rate that was measured they get no fuller',
  ],
  [
    'replicas of a service',
    'processes',
    `as many that each has a core’s texts, as a process computes on one core; at least ${replicasAtLeast}`,
  ],
  [
    'memory of a process',
    'MB',
    `what it takes with 1,000 phones + what ten times as many take more × log₁₀ (phones ÷ replicas ÷ 1,000); its limit is ${headroom} of that`,
  ],
  [
    'partitions',
    '',
    `${partitionsPerReplica} × the replicas of the service that has most, sms-ingress left out as it reads no topic, rounded up to a multiple of ${partitionStep}`,
  ],
  [
    'disk of the brokers',
    'bytes after a year',
    'of each topic: texts of a year × bytes of a text × the part of a year that it keeps, × copies',
  ],
  [
    'disk of the database',
    'bytes after a year',
    'of all collections: texts of a year × bytes of a text × the part of a year that is kept, and trainees × bytes of a phone; × members',
  ],
  [
    'cost of texts',
    'US dollars a month',
    'drills of a month × (texts out × segments of a text + texts in) × the price of a segment',
  ],
];

/** What the model computes, in words. */
export const formulas = (): string => markdownTable(rows);
