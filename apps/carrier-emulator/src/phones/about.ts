/** What the page says of itself. */
export type About = {
  readonly number: string;
  readonly hintCodes: readonly string[];
  /** Whether the page may move the clock. */
  readonly movesClock: boolean;
  /** Whether the page may fill a made-up company. */
  readonly makesCompany: boolean;
  readonly links: readonly { readonly label: string; readonly url: string }[];
};

export const ABOUT = Symbol('ABOUT');
