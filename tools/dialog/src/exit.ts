/** What the command line ends with: the same for every subcommand. */
export const exitCodes = { ok: 0, problems: 1, usage: 2, unavailable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The person asked for something that cannot be done as written; the message says what would work. */
export class UsageError extends Error {}

/** A server that the subcommand needs does not answer. */
export class UnavailableError extends Error {}

/** The exit code that an error calls for. The clients of the servers are looked at only where it is none of our own. */
export const exitCodeOf = async (error: unknown): Promise<ExitCode> => {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof UnavailableError) return exitCodes.unavailable;
  const { isRefusedByServer, isServerAway } = await import('./server-errors.js');
  if (isRefusedByServer(error)) return exitCodes.usage;
  return isServerAway(error) ? exitCodes.unavailable : exitCodes.problems;
};
