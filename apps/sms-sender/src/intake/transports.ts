/** The group that reads event batches: the queue of work. */
export const EVENTS_TRANSPORT = Symbol('events');

/** The group that reads what the carrier reported. It is apart, so that a flood of reports holds up no text. */
export const STATUS_TRANSPORT = Symbol('statuses');
