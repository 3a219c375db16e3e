/** A collection that is a fold of the event topic. Each of its documents belongs to one phone and has a `version`. */
export type Projection = {
  readonly collection: string;
  /** The field that says whose document it is. */
  readonly phoneField: '_id' | 'phone';
};

/** The document of a trainee: its version is how far the whole phone has come. */
export const standing: Projection = { collection: 'trainees', phoneField: '_id' };

/**
 * Every projection that the tracker keeps per phone, in the order in which they are written: the standing comes last,
 * so that whoever sees its version sees all that belongs to it. A further projection is one more line here.
 */
export const projections: readonly Projection[] = [
  { collection: 'drill_runs', phoneField: 'phone' },
  standing,
];

/** What a write leaves behind that is not content: no two folds agree on it. */
export const notContent: ReadonlySet<string> = new Set(['writeId']);
