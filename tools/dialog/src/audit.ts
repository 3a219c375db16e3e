import { finalStatuses, type LoggedMessage } from '@stopcovid/progress-tracker';
import type { CarrierMessage } from '@stopcovid/twilio';
import type { Reading } from './newest-first';

export type FindingKind = 'lost' | 'doubled' | 'unknown' | 'neverFinal' | 'disagreement';

/** What is wrong with a message; each kind has its reasons. */
export type Reason =
  | 'notAtCarrier'
  | 'notInLog'
  | 'severalSids'
  | 'copyAtCarrier'
  | 'statusOnly'
  | 'callbackMissed'
  | 'stillUnderWay'
  | 'sentAfterAll'
  | 'otherStatus';

export type Finding = {
  readonly kind: FindingKind;
  readonly reason: Reason;
  readonly direction: 'inbound' | 'outbound';
  readonly phone: string;
  readonly at: Date;
  readonly messageId?: string;
  readonly sids: readonly string[];
  readonly ourStatus?: string;
  readonly theirStatus?: string;
};

/** A stretch of both logs. */
export type AuditSlice = {
  readonly ours: Reading<LoggedMessage>;
  readonly theirs: Reading<CarrierMessage>;
};

/** What the neighbourhood does not show: whoever has it is asked one by one, so no edge of a stretch matters. */
export type Unseen = { readonly atCarrier: readonly string[]; readonly inLog: readonly string[] };

/** The answers to what was unseen. */
export type AuditFacts = {
  readonly fetched: readonly CarrierMessage[];
  readonly loaded: readonly LoggedMessage[];
};

export type AuditRules = {
  readonly now: Date;
  /** A message that has no last status after this time, in milliseconds, is a finding. */
  readonly finalAfterMs: number;
  /** How far apart the two times of one message may be, in milliseconds. */
  readonly apartMs: number;
  /** A text's words as both sides write them. */
  readonly comparable: (body: string) => string;
  /** Whether a message that our log lacks concerns us: others may use the account too. */
  readonly concernsUs: (message: CarrierMessage) => boolean;
};

/** The texts of ours without an id of the carrier's that were found there after all: our id to the carrier's. */
export type Claims = ReadonlyMap<string, string>;

const whatsapp = /^whatsapp:/;
const final: ReadonlySet<string> = finalStatuses;
const arrived: ReadonlySet<string> = new Set(['delivered', 'read']);

/** Which ids each side must be asked for before a slice can be judged. */
export const unseenIn = ({ ours, theirs }: AuditSlice): Unseen => {
  const listed = new Set(theirs.around.map(({ sid }) => sid));
  const logged = new Set(ours.around.flatMap(({ sids }) => sids));
  return {
    atCarrier: ours.fresh.flatMap(({ sids }) => sids).filter((sid) => !listed.has(sid)),
    inLog: theirs.around.map(({ sid }) => sid).filter((sid) => !logged.has(sid)),
  };
};

/** The trainee's end of a message. */
export const phoneAtCarrier = ({ direction, from, to }: CarrierMessage): string =>
  (direction === 'inbound' ? from : to).replace(whatsapp, '');

/** Our end of a message. */
export const ourEndOf = ({ direction, from, to }: CarrierMessage): string =>
  (direction === 'inbound' ? to : from).replace(whatsapp, '');

const wordsOfOurs = ({ content }: LoggedMessage, { comparable }: AuditRules): string =>
  JSON.stringify([content.phone, comparable(content.body ?? '')]);
const wordsOfTheirs = (message: CarrierMessage, { comparable }: AuditRules): string =>
  JSON.stringify([phoneAtCarrier(message), comparable(message.body)]);

const aboutOurs = (message: LoggedMessage, theirStatus?: string): Omit<Finding, 'kind' | 'reason'> => ({
  direction: message.content.direction,
  phone: message.content.phone,
  at: message.content.at,
  ...(message.messageId === undefined ? {} : { messageId: message.messageId }),
  sids: message.sids,
  ...(message.report === undefined ? {} : { ourStatus: message.report.status }),
  ...(theirStatus === undefined ? {} : { theirStatus }),
});

const aboutTheirs = (message: CarrierMessage, ours?: LoggedMessage): Omit<Finding, 'kind' | 'reason'> => ({
  direction: message.direction === 'inbound' ? 'inbound' : 'outbound',
  phone: phoneAtCarrier(message),
  at: message.at,
  ...(ours?.messageId === undefined ? {} : { messageId: ours.messageId }),
  sids: [message.sid],
  ...(ours?.report === undefined ? {} : { ourStatus: ours.report.status }),
  theirStatus: message.status,
});

type Verdict = { readonly kind: FindingKind; readonly reason: Reason };

const verdictOnStatus = (
  ours: LoggedMessage,
  theirs: CarrierMessage,
  { now, finalAfterMs }: AuditRules,
): Verdict | undefined => {
  const ourStatus = ours.report?.status ?? 'none';
  if (ourStatus === theirs.status && final.has(ourStatus)) return undefined;
  if (arrived.has(ourStatus) && arrived.has(theirs.status)) return undefined;
  if (final.has(ourStatus)) return { kind: 'disagreement', reason: 'otherStatus' };
  if (final.has(theirs.status)) return { kind: 'neverFinal', reason: 'callbackMissed' };
  const isOld = now.getTime() - ours.content.at.getTime() > finalAfterMs;
  return isOld ? { kind: 'neverFinal', reason: 'stillUnderWay' } : undefined;
};

const judgeStatus = (ours: LoggedMessage, theirs: CarrierMessage, rules: AuditRules): readonly Finding[] => {
  const verdict = verdictOnStatus(ours, theirs, rules);
  return verdict === undefined ? [] : [{ ...verdict, ...aboutOurs(ours, theirs.status) }];
};

/** A status came, its message did not: of a text to us that is a loss. */
const judgeLoose = (ours: LoggedMessage, theirs: CarrierMessage, rules: AuditRules): readonly Finding[] => {
  if (!rules.concernsUs(theirs)) return [];
  const kind = theirs.direction === 'inbound' ? 'lost' : 'unknown';
  return [{ kind, reason: 'statusOnly', ...aboutOurs(ours, theirs.status) }];
};

/** One that was sent twice has one status of two ways, which says nothing about either. */
const judgeSent = (
  ours: LoggedMessage,
  theirs: readonly CarrierMessage[],
  rules: AuditRules,
): readonly Finding[] => {
  const [first] = theirs;
  if (ours.sids.length > 1 || first === undefined) return [];
  if (ours.content.body === undefined) return judgeLoose(ours, first, rules);
  return ours.content.direction === 'inbound' ? [] : judgeStatus(ours, first, rules);
};

const judgeOurs = (
  ours: LoggedMessage,
  atCarrier: ReadonlyMap<string, CarrierMessage>,
  rules: AuditRules,
): readonly Finding[] => {
  const missing = ours.sids.filter((sid) => !atCarrier.has(sid));
  const theirs = ours.sids.flatMap((sid) => atCarrier.get(sid) ?? []);
  const lost = missing.map((sid): Finding => ({
    kind: 'lost',
    reason: 'notAtCarrier',
    ...aboutOurs(ours),
    sids: [sid],
  }));
  const doubled: readonly Finding[] =
    ours.sids.length > 1 ? [{ kind: 'doubled', reason: 'severalSids', ...aboutOurs(ours) }] : [];
  return [...lost, ...doubled, ...judgeSent(ours, theirs, rules)];
};

const hasNoSid = ({ sids, content }: LoggedMessage): boolean =>
  sids.length === 0 && content.direction === 'outbound';

/** Without an id of the carrier's and without a refusal: we believe that it was sent. */
const judgeWithoutSid = (ours: LoggedMessage, claims: Claims): readonly Finding[] => {
  const refused = ours.report !== undefined && final.has(ours.report.status);
  if (refused || (ours.messageId !== undefined && claims.has(ours.messageId))) return [];
  return [{ kind: 'lost', reason: 'notAtCarrier', ...aboutOurs(ours) }];
};

const newestOf = <T>(items: readonly T[], orderOf: (item: T) => string): readonly T[] =>
  [...items].sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));

const areNear = (ours: LoggedMessage, theirs: CarrierMessage, { apartMs }: AuditRules): boolean =>
  Math.abs(ours.content.at.getTime() - theirs.at.getTime()) <= apartMs;

const byWords = (
  ours: readonly LoggedMessage[],
  rules: AuditRules,
): ReadonlyMap<string, readonly LoggedMessage[]> => {
  const found = new Map<string, LoggedMessage[]>();
  for (const message of newestOf(ours, ({ content, messageId }) => content.at.toISOString() + messageId)) {
    const words = wordsOfOurs(message, rules);
    const same = found.get(words);
    if (same === undefined) found.set(words, [message]);
    else same.push(message);
  }
  return found;
};

/** Gives each text that the log does not know to one of ours that has no id: same phone, same words, near in time. */
const claimsWith = (
  before: Claims,
  { strange, ours }: { readonly strange: readonly CarrierMessage[]; readonly ours: readonly LoggedMessage[] },
  rules: AuditRules,
): Claims => {
  const claims = new Map(before);
  const taken = new Set(claims.values());
  const waiting = byWords(ours.filter(hasNoSid), rules);
  for (const theirs of newestOf(strange, ({ at, sid }) => at.toISOString() + sid)) {
    if (taken.has(theirs.sid)) continue;
    const isFree = (one: LoggedMessage): boolean =>
      one.messageId !== undefined && !claims.has(one.messageId) && areNear(one, theirs, rules);
    const free = waiting.get(wordsOfTheirs(theirs, rules))?.find(isFree);
    if (free?.messageId !== undefined) claims.set(free.messageId, theirs.sid);
  }
  return claims;
};

type Neighbours = {
  readonly claimedBy: ReadonlyMap<string, LoggedMessage>;
  readonly sameWords: ReadonlyMap<string, readonly LoggedMessage[]>;
};

/** What the carrier has and our log does not. */
const judgeStrange = (
  theirs: CarrierMessage,
  { claimedBy, sameWords }: Neighbours,
  rules: AuditRules,
): readonly Finding[] => {
  const claimant = claimedBy.get(theirs.sid);
  if (claimant) return [{ kind: 'disagreement', reason: 'sentAfterAll', ...aboutTheirs(theirs, claimant) }];
  if (!rules.concernsUs(theirs)) return [];
  if (theirs.direction === 'inbound') return [{ kind: 'lost', reason: 'notInLog', ...aboutTheirs(theirs) }];
  const original = sameWords.get(wordsOfTheirs(theirs, rules))?.find((ours) => areNear(ours, theirs, rules));
  return original === undefined
    ? [{ kind: 'unknown', reason: 'notInLog', ...aboutTheirs(theirs) }]
    : [{ kind: 'doubled', reason: 'copyAtCarrier', ...aboutTheirs(theirs, original) }];
};

const isWhole = ({ sids, content }: LoggedMessage): boolean =>
  sids.length > 0 && content.direction === 'outbound' && content.body !== undefined;

const neighboursOf = (ours: readonly LoggedMessage[], claims: Claims, rules: AuditRules): Neighbours => ({
  claimedBy: new Map(
    ours.flatMap((message) => {
      const sid = claims.get(message.messageId ?? '');
      return sid === undefined ? [] : [[sid, message] as const];
    }),
  ),
  sameWords: byWords(ours.filter(isWhole), rules),
});

const orderOf = ({ at, sids, kind, messageId }: Finding): string =>
  JSON.stringify([at.toISOString(), sids, kind, messageId ?? '']);

/** What is wrong in a slice, newest first, whatever the order of both logs. Claims go on to the next slice. */
export const judgeSlice = (
  { ours, theirs }: AuditSlice,
  { fetched, loaded }: AuditFacts,
  { rules, claims: before }: { readonly rules: AuditRules; readonly claims: Claims },
): { readonly findings: readonly Finding[]; readonly claims: Claims } => {
  const atCarrier = new Map([...fetched, ...theirs.around].map((message) => [message.sid, message]));
  const known = new Set([...loaded, ...ours.around].flatMap(({ sids }) => sids));
  const isStrange = ({ sid, direction }: CarrierMessage): boolean =>
    !known.has(sid) && direction !== 'answer';
  const strange = theirs.around.filter(isStrange);
  const outbound = strange.filter(({ direction }) => direction === 'outbound');
  const claims = claimsWith(before, { strange: outbound, ours: ours.around }, rules);
  const neighbours = neighboursOf(ours.around, claims, rules);
  const findings = [
    ...ours.fresh.flatMap((message) =>
      hasNoSid(message) ? judgeWithoutSid(message, claims) : judgeOurs(message, atCarrier, rules),
    ),
    ...theirs.fresh.filter(isStrange).flatMap((message) => judgeStrange(message, neighbours, rules)),
  ];
  return { findings: newestOf(findings, orderOf), claims };
};
