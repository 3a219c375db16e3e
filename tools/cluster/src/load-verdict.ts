/** How far a crowd of the emulator is. */
export type CrowdProgress = {
  readonly state: 'idle' | 'running' | 'finished' | 'stopped';
  readonly texts: number;
  readonly accepted: number;
  readonly refused: number;
  readonly lost: number;
  readonly underWay: number;
  readonly waiting: number;
  readonly heard: number;
  readonly textsPerSecond: number;
  readonly replyMs: {
    readonly p50: number | null;
    readonly p99: number | null;
    readonly longest: number | null;
  };
};

/** A text of ours that the carrier took. */
export type AcceptedText = { readonly to: string; readonly statusCallback: string | null };

/** No reply may take longer, whatever is under way. */
export const longestReplyMs = 15_000;

const doubled = (texts: readonly AcceptedText[]): readonly string[] => {
  const seen = new Set<string>();
  return texts.flatMap(({ statusCallback }) => {
    if (statusCallback === null) return [];
    const again = seen.has(statusCallback);
    seen.add(statusCallback);
    return again ? [statusCallback] : [];
  });
};

/** What went wrong for those who texted, one line each; nothing where all of them were answered once and in time. */
export const faultsOf = (progress: CrowdProgress, sent: readonly AcceptedText[]): readonly string[] => {
  const { texts, accepted, waiting, replyMs } = progress;
  const twice = doubled(sent);
  return [
    ...(texts === 0 ? ['nobody texted'] : []),
    ...(accepted === texts ? [] : [`of ${texts} texts only ${accepted} were taken`]),
    ...(waiting === 0 ? [] : [`${waiting} people were never answered`]),
    ...(twice.length === 0 ? [] : [`${twice.length} texts were sent twice, such as ${twice[0]}`]),
    ...((replyMs.longest ?? 0) <= longestReplyMs ? [] : [`a reply took ${replyMs.longest} ms`]),
  ];
};
