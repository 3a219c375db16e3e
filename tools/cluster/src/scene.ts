import type { Cluster } from './cluster';
import type { OperatorPods } from './pods';

/** The release under test, and the environment that its database is. */
export const release = 'engine';
export const environment = 'chart-test';
export const carrier = `${release}-carrier-emulator`;

/** What the tests install, where and how. */
export type Scene = {
  readonly cluster: Cluster;
  /** The engine's image, which the cluster has. */
  readonly image: { readonly repository: string; readonly tag: string };
  /** Arguments of Helm for the demo's servers; none where the official images serve. */
  readonly serverValues: readonly string[];
  readonly textsPerSecond: number;
  /** How long Kafka is away when that is tried. */
  readonly kafkaAwayMinutes: number;
  /** A folder for files of this run. */
  readonly work: string;
  readonly operator: OperatorPods;
};
