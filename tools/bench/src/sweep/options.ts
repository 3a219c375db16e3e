export type Options = {
  /** Texts that came in during the outage. */
  readonly texts: number;
  /** How many phones wrote them, in turn. */
  readonly phones: number;
  /** How long the carrier takes for each page of its list, in milliseconds. */
  readonly pageMs: number;
};
