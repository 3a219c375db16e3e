import { totalmem } from 'node:os';
import type { Options } from './options';

type Size = Pick<Options, 'trainees' | 'replicas'>;

/**
 * The heap of the database, in which lies what every trainee, run, text and event is kept as: some 70 KB of Java objects
 * a trainee after a day of 300, and what is to be collected.
 */
export const databaseHeapMb = ({ trainees }: Pick<Options, 'trainees'>): number =>
  1_000 + Math.round(trainees * 0.12);

/** The emulator's heap: 34 texts of 600 bytes a trainee, and what is to be collected. */
export const emulatorHeapMb = ({ trainees }: Pick<Options, 'trainees'>): number =>
  512 + Math.round(trainees * 0.03);

/* Kafka's, and what it holds beside its heap; each service; the benchmark itself, as it reads what is left. */
const kafkaMb = 800;
const serviceMb = 260;
const services = 4;
const benchMb = 1_500;

/** What all processes of a day may hold together, in megabytes. */
export const memoryNeededMb = (size: Size): number =>
  databaseHeapMb(size) + emulatorHeapMb(size) + kafkaMb + benchMb + services * size.replicas * serviceMb;

/** Throws RangeError where this machine has less memory than such a day may take: it would end hours later. */
export const checkMemory = (size: Size, machineMb = totalmem() / 1_048_576): void => {
  const needed = memoryNeededMb(size);
  if (needed > machineMb)
    throw new RangeError(
      `a day of ${size.trainees.toLocaleString('en-US')} may take ${needed.toLocaleString('en-US')} MB of memory; this machine has ${Math.floor(machineMb).toLocaleString('en-US')}`,
    );
};
