/** What a contestant process is told. */
export type ContestantSettings = {
  readonly brokers: readonly string[];
  readonly mongodbUrl: string;
  readonly commands: string;
  readonly events: string;
  readonly group: string;
  readonly partitionsConcurrently: number | undefined;
  readonly drills: string;
};

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; start contestants by npm run bench -- pipeline`);
  return value;
};

/** The settings of this process. Throws when it was not started by the benchmark. */
export const contestantSettings = (): ContestantSettings => {
  const concurrently = process.env['PARTITIONS_CONCURRENTLY'];
  return {
    brokers: required('KAFKA_BROKERS').split(','),
    mongodbUrl: required('MONGODB_URL'),
    commands: required('COMMANDS_TOPIC'),
    events: required('EVENTS_TOPIC'),
    group: required('KAFKA_GROUP'),
    partitionsConcurrently: concurrently === undefined ? undefined : Number(concurrently),
    drills: required('DRILLS_DIR'),
  };
};
