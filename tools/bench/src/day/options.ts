export const crowds = ['usual', 'hard'] as const;

/** How long after nine the window of the hard crowd closes. */
export const hardOpenForMs = 180_000;

/** With how many texts a drill begins. */
export const textsPerStart = 2;

/** How a day is played. */
export type Options = {
  readonly trainees: number;
  /** How many processes of each service. */
  readonly replicas: number;
  readonly seed: number;
  readonly crowd: (typeof crowds)[number];
  /** The longest that somebody thinks before an answer, in milliseconds. */
  readonly thinkMs: number;
  /** How many texts strangers write before anything is measured. */
  readonly warmTexts: number;
  /** How long is looked at what the system costs while nothing happens, in seconds; 0 leaves it out. */
  readonly restSeconds: number;
  /** How many texts are sent one after another before the day begins. */
  readonly idleTexts: number;
  /** How long half of the day's load is kept up after the day, in seconds; 0 leaves it out. */
  readonly halfSeconds: number;
  /** How long a trickle of so many texts a second is kept up after that; 0 leaves it out. */
  readonly trickleSeconds: number;
  readonly tricklePerSecond: number;
  readonly json: boolean;
};
