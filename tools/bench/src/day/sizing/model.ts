import type { Topic } from '@stopcovid/contracts';
import { sum } from '../../kit/numbers';
import { textsPerStart } from '../options';
import {
  each,
  parts,
  services,
  tenfolds,
  type Constants,
  type Growth,
  type Part,
  type Service,
} from './constants';
import { cpuAt, type CpuCost } from './cpu';
import type { Drivers } from './drivers';

/** What is kept free of what is measured: half of it again. */
export const headroom = 1.5;
export const replicasAtLeast = 2;
/* So that a third replica, or a half more, still has a share as large as the others'. */
export const partitionsPerReplica = 3;
export const partitionStep = 12;
const daysPerYear = 365;
const monthsPerYear = 12;
const hourSeconds = 3_600;

/** What a deployment needs. */
export type Sizes = {
  /** Texts in and out together, a second, when most come. */
  readonly textsPerSecond: number;
  /** CPU cores of all processes of a part at the peak, with headroom. */
  readonly cores: Readonly<Record<Part, number>>;
  readonly replicas: Readonly<Record<Service, number>>;
  /** The most resident megabytes of one process, without headroom. */
  readonly memoryMb: Readonly<Record<Service, number>>;
  readonly partitions: number;
  /** Bytes after a year on the disks of all brokers, before compression. */
  readonly brokerBytes: number;
  /** Bytes of documents of drills after a year on the disks of all members, before compression and without indexes. */
  readonly databaseBytes: number;
  /** Segments a second that the account needs so that nobody waits for it. */
  readonly rateNeeded: number;
  /** Seconds from nine until the account has handed over the first texts of everybody who is due in one zone. */
  readonly startsSeconds: number;
  /** In US dollars. */
  readonly costPerMonth: number;
};

/** Drills at the nine o'clock of one zone: trainees × share due ÷ zones. */
export const drillsAtNine = ({ trainees, dueShare, zones }: Drivers): number => (trainees * dueShare) / zones;

/** Drills in a year: trainees × share due × delivery days. */
export const drillsPerYear = ({ trainees, dueShare, deliveryDaysPerYear }: Drivers): number =>
  trainees * dueShare * deliveryDaysPerYear;

const textsOfDrill = ({ textsPerDrill }: Drivers): number => textsPerDrill.in + textsPerDrill.out;

/* Zones are an hour apart: who takes two hours is still at it when the next zone begins. */
const zonesAtOnce = ({ zones, answerMinutes }: Drivers): number =>
  Math.min(zones, Math.max(1, (answerMinutes * 60) / hourSeconds));

/**
 * Segments a second that the account needs: drills at nine × texts out of a drill × segments of a text, over the seconds
 * in which they are done, times the zones that are at it at once.
 */
export const rateNeeded = (drivers: Drivers): number =>
  ((drillsAtNine(drivers) * drivers.textsPerDrill.out * drivers.segmentsPerText) /
    (drivers.answerMinutes * 60)) *
  zonesAtOnce(drivers);

/** Texts a second in and out at the peak: what the account sends of what is needed, and the texts in that belong to them. */
export const peakTextsPerSecond = (drivers: Drivers): number => {
  const out = Math.min(rateNeeded(drivers), drivers.accountRate) / drivers.segmentsPerText;
  return (out * textsOfDrill(drivers)) / drivers.textsPerDrill.out;
};

/** Seconds of nine o'clock: drills at nine × texts that begin one × segments of a text ÷ the account's rate. */
export const startsSeconds = (drivers: Drivers): number =>
  (drillsAtNine(drivers) * textsPerStart * drivers.segmentsPerText) / drivers.accountRate;

/** US dollars a month: drills × texts out × segments, and texts in at one segment each, × the price of a segment. */
export const costPerMonth = (drivers: Drivers): number => {
  const { textsPerDrill, segmentsPerText, pricePerSegment } = drivers;
  const segments = textsPerDrill.out * segmentsPerText + textsPerDrill.in;
  return (drillsPerYear(drivers) / monthsPerYear) * segments * pricePerSegment;
};

/** Cores of so many processes that share so many texts a second, with headroom. */
const coresOf = (cost: CpuCost, textsPerSecond: number, processes = 1): number =>
  processes * cpuAt(cost, textsPerSecond / processes) * headroom;

/** Texts a second, in and out, that one process can have on a core that it has for itself, headroom kept. */
export const textsOnACore = (cost: CpuCost): number => {
  let [low, high] = [0, 1e6];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    [low, high] = coresOf(cost, middle) > 1 ? [low, middle] : [middle, high];
  }
  return low;
};

/**
 * Megabytes of a process that serves so many phones. What a service keeps of phones has a most, and its heap too: it comes
 * near to both the longer a day is, so that ten times as many phones take but one step more.
 */
export const memoryAt = ({ ofThousand, perTenfold }: Growth, phones: number): number =>
  ofThousand + perTenfold * tenfolds(phones);

const yearsKept = (days: number): number => Math.min(1, days / daysPerYear);

/** Bytes after a year: of each topic bytes of a text × texts of a year × the part of the year that is kept, × copies. */
export const brokerBytes = (drivers: Drivers, { topicBytesPerText }: Constants): number => {
  const texts = drillsPerYear(drivers) * textsOfDrill(drivers);
  const kept = Object.entries(topicBytesPerText).map(
    ([topic, bytes]) => bytes * texts * yearsKept(drivers.topicDays[topic as Topic]),
  );
  return sum(kept) * drivers.copies.topics;
};

/** Bytes after a year: bytes of a text × texts of a year × the part that is kept, and bytes of a phone × trainees; × copies. */
export const databaseBytes = (
  drivers: Drivers,
  { documentBytesPerText, documentBytesPerPhone }: Constants,
): number => {
  const texts = drillsPerYear(drivers) * textsOfDrill(drivers);
  const ofTexts = sum(Object.values(documentBytesPerText)) * texts * yearsKept(drivers.documentDays);
  const ofPhones = sum(Object.values(documentBytesPerPhone)) * drivers.trainees;
  return (ofTexts + ofPhones) * drivers.copies.documents;
};

/** Processes of a service: so many that each has a core's texts, as one computes on one core. */
const replicasFor = (textsPerSecond: number, cost: CpuCost): number =>
  Math.max(replicasAtLeast, Math.ceil(textsPerSecond / textsOnACore(cost)));

/** Some for each replica of the service with most among those that read topics, in steps. sms-ingress reads none. */
const partitionsFor = ({ 'sms-ingress': _ingress, ...readers }: Sizes['replicas']): number =>
  Math.ceil((Math.max(...Object.values(readers)) * partitionsPerReplica) / partitionStep) * partitionStep;

/** What a deployment with these drivers needs, by what was measured. */
export const sizesOf = (drivers: Drivers, constants: Constants): Sizes => {
  const textsPerSecond = peakTextsPerSecond(drivers);
  const { cpu, memoryMb } = constants;
  const replicas = each(services, (service) => replicasFor(textsPerSecond, cpu[service]));
  const processes: Readonly<Partial<Record<Part, number>>> = replicas;
  const cores = each(parts, (part) => coresOf(cpu[part], textsPerSecond, processes[part]));
  return {
    textsPerSecond,
    cores,
    replicas,
    memoryMb: each(services, (service) => memoryAt(memoryMb[service], drivers.trainees / replicas[service])),
    partitions: partitionsFor(replicas),
    brokerBytes: brokerBytes(drivers, constants),
    databaseBytes: databaseBytes(drivers, constants),
    rateNeeded: rateNeeded(drivers),
    startsSeconds: startsSeconds(drivers),
    costPerMonth: costPerMonth(drivers),
  };
};
