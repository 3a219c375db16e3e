/** How many lists may be asked for at a time, beside so many calls that send. */
export const looksAtOnce = (maxInFlight: number): number => Math.ceil(maxInFlight / 5);
