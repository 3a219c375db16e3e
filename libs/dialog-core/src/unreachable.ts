/** Ends an exhaustive switch. Reached only when our own types lied, so it throws. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
};
