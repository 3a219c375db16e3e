/** What the command line ends with: the same for every subcommand. */
export const exitCodes = { ok: 0, problems: 1, usage: 2, unavailable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The person asked for something that cannot be done as written; the message says what would work. */
export class UsageError extends Error {}

/** A server that the subcommand needs does not answer. */
export class UnavailableError extends Error {}

/** The exit code that an error calls for. */
export const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof UsageError) return exitCodes.usage;
  return error instanceof UnavailableError ? exitCodes.unavailable : exitCodes.problems;
};
