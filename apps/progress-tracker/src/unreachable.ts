/** Marks a branch that the types rule out. */
export const unreachable = (value: never): never => {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
};
