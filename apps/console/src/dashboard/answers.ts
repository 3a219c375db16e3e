/** What the API answers, as far as this page shows it; docs/openapi.json has all of it. */

export type Interval = { readonly low: number; readonly high: number };

/** So many of so many; `share` is null where too few stand behind it. */
export type Rate = {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly interval: Interval | null;
};

export type Completion = {
  readonly assigned: number;
  readonly started: number;
  readonly completed: number;
  readonly due: number;
  readonly onTime: number;
  readonly optedOut: number;
};

export type Group = Readonly<Record<string, string | null | undefined>>;
export type CompletionLine = Completion & { readonly group: Group };
export type CompletionAnswer = {
  readonly asOf: string;
  readonly days: string;
  readonly attribution: string;
  readonly lines: readonly CompletionLine[];
  readonly total: Completion;
};
