/** The least of some offsets; undefined when there is none. */
export const earliest = (offsets: readonly string[]): string | undefined =>
  offsets.reduce<string | undefined>(
    (least, each) => (least === undefined || BigInt(each) < BigInt(least) ? each : least),
    undefined,
  );
