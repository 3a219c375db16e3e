/** Kafka and a MongoDB-protocol server, running, and where they came from. */
export type Parts = {
  /** host:port of the broker. */
  readonly kafkaBrokers: string;
  /** Connection string without a database name. */
  readonly mongodbUrl: string;
  readonly source: 'environment' | 'docker' | 'native';
  /** The processes, where they are this machine's own. */
  readonly pids?: { readonly kafka: number; readonly mongo: number };
  /** Ends what was started here, and deletes its data; what was there before is left alone. */
  readonly stop: () => Promise<void>;
};

/** Says what is going on, one line at a time. */
export type Say = (line: string) => void;

/** Nothing on this machine can provide the parts; the message says what to install. */
export class PartsUnavailable extends Error {}
