/** What became of the texts that the carrier lists. */
export type Comparison = {
  /** Listed, and no command stands for it. */
  readonly missing: number;
  /** Commands beyond the first of each text. */
  readonly doubled: number;
};

/** Compares the list with how often each text stands on the topic of commands. */
export const compared = (listed: ReadonlySet<string>, produced: ReadonlyMap<string, number>): Comparison => {
  let [missing, doubled] = [0, 0];
  for (const sid of listed) if (!produced.has(sid)) missing += 1;
  for (const times of produced.values()) doubled += times - 1;
  return { missing, doubled };
};

/** One sweep, as the service logged it. */
export type Sweep = { readonly listed: number; readonly produced: number; readonly tookMs: number };

const isSweep = (line: object): line is Sweep & { readonly lost: boolean } =>
  'tookMs' in line && 'listed' in line && 'produced' in line && 'lost' in line;

const parsed = (line: string): object => {
  const value: unknown = line.startsWith('{') && line.endsWith('}') ? JSON.parse(line) : {};
  return typeof value === 'object' && value !== null ? value : {};
};

/** The sweeps that a log tells of, those left out that another replica took over. */
export const sweepsIn = (log: string): readonly Sweep[] =>
  log
    .split('\n')
    .map(parsed)
    .filter(isSweep)
    .filter(({ lost }) => !lost);
