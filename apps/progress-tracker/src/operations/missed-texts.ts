import type { CarrierStatus, Phone } from '@stopcovid/contracts';
import { idOf, type LoggedMessage } from '../messages/logged-message';
import type { MessagePage, MessagePlace, MessageStore } from '../messages/message-store';
import { derivedId } from './asked-command';
import { ask, type Answer, type AskParts } from './ask';
import type { TextRuling, TextRulings } from './text-rulings';

/** A text that did not go out, and what a person decided of it. */
export type MissedText = { readonly message: LoggedMessage; readonly ruling?: TextRuling };

/** Which of them. `code` is ours or the carrier's; without `ruled` those that nobody has decided of. */
export type MissedFilter = {
  readonly phone?: Phone | undefined;
  readonly code?: string | undefined;
  readonly ruled?: boolean | undefined;
};

/** What the texts that did not go out are kept in. */
export type MissedParts = {
  readonly messages: Pick<MessageStore, 'messages' | 'load'>;
  readonly rulings: TextRulings;
};

type Page = { readonly after?: MessagePlace | undefined; readonly limit: number };
export type MissedPage = { readonly items: readonly MissedText[]; readonly next?: MessagePlace };

/* Refused by us (STALE, UNDECIDED, EXPIRED …) or by the carrier, at once or later. */
const missedStatuses: readonly CarrierStatus[] = ['failed', 'undelivered', 'canceled'];
const isMissed = ({ content, report }: LoggedMessage): boolean =>
  content.direction === 'outbound' && report !== undefined && missedStatuses.includes(report.status);

const placeOf = (message: LoggedMessage): MessagePlace => ({ at: message.content.at, id: idOf(message) });

/** Negative when the one comes first: newest first, and of the same moment the greater id. */
const newestFirst = (one: MessagePlace, other: MessagePlace): number => {
  const ahead = other.at.getTime() - one.at.getTime();
  if (ahead !== 0) return ahead;
  return one.id > other.id ? -1 : Number(one.id < other.id);
};

/* Each status has its own index: their pages are asked side by side, and all are complete up to the nearest end. */
const merged = (pages: readonly MessagePage[], limit: number): Omit<MessagePage, 'unreadable'> => {
  const [end] = pages.flatMap(({ next }) => next ?? []).sort(newestFirst);
  const complete = pages
    .flatMap(({ items }) => items)
    .sort((one, other) => newestFirst(placeOf(one), placeOf(other)))
    .filter((message) => end === undefined || newestFirst(placeOf(message), end) <= 0);
  const items = complete.slice(0, limit);
  const last = items.at(-1);
  if (complete.length > limit && last !== undefined) return { items, next: placeOf(last) };
  return end === undefined ? { items } : { items, next: end };
};

const pageOf = async (
  { messages, rulings }: MissedParts,
  { phone, code, ruled }: MissedFilter,
  { after, limit }: Page,
): Promise<MissedPage> => {
  const pages = await Promise.all(
    missedStatuses.map((status) =>
      messages.messages(
        { status, direction: 'outbound', ...(phone === undefined ? {} : { phone }) },
        { limit, ...(after === undefined ? {} : { after }) },
      ),
    ),
  );
  const { items, next } = merged(pages, limit);
  const wanted = items.filter(({ report }) => code === undefined || report?.errorCode === code);
  const known = await rulings.of(wanted.map(idOf));
  const texts = wanted.map((message): MissedText => {
    const ruling = known.get(idOf(message));
    return { message, ...(ruling === undefined ? {} : { ruling }) };
  });
  return {
    items: texts.filter(({ ruling }) => ruled === true || ruling === undefined),
    ...(next === undefined ? {} : { next }),
  };
};

/* So that a question about a rare code ends: the next page goes on from there. */
const mostLooks = 20;

/** The texts that did not go out, newest first: all of them, a page at a time. A page may be short, and go on. */
export const missedTexts = async (
  parts: MissedParts,
  filter: MissedFilter,
  page: Page,
): Promise<MissedPage> => {
  const items: MissedText[] = [];
  let after = page.after;
  for (let look = 0; look < mostLooks; look += 1) {
    const found = await pageOf(parts, filter, { after, limit: page.limit - items.length });
    items.push(...found.items);
    after = found.next;
    if (after === undefined) return { items };
    if (items.length === page.limit) break;
  }
  return { items, ...(after === undefined ? {} : { next: after }) };
};

/** One text that did not go out; undefined for any other message. */
export const missedText = async (
  { messages, rulings }: MissedParts,
  id: string,
): Promise<MissedText | undefined> => {
  const { messages: stored } = await messages.load([id], [id]);
  const found = stored.map(({ message }) => message);
  const message = found.find((each) => idOf(each) === id && isMissed(each));
  if (message === undefined) return undefined;
  const ruling = (await rulings.of([id])).get(id);
  return { message, ...(ruling === undefined ? {} : { ruling }) };
};

type NotThere = { readonly kind: 'notThere' };

const unsendable = (message: string): Answer => ({
  kind: 'hindered',
  obstacles: [{ code: 'unsendable', message }],
});

/**
 * Sends a text again, as a message with the same words, once: who asks again gets the same command. Never to who opted
 * out. Throws PublishFailed when Kafka is away.
 */
export const sendAgain = async (
  id: string,
  by: string,
  parts: MissedParts & AskParts,
): Promise<Answer | NotThere> => {
  const text = await missedText(parts, id);
  if (text === undefined) return { kind: 'notThere' };
  const { phone, body, mediaUrls } = text.message.content;
  const [mediaUrl, ...more] = mediaUrls;
  if (more.length > 0) return unsendable('it has more than one attachment, which no message can carry');
  if (!body && mediaUrl === undefined) return unsendable('its words are not on record');
  const answer = await ask(
    {
      phone,
      action: { kind: 'message', text: body || undefined, mediaUrl },
      by,
      commandId: derivedId('text', id),
    },
    parts,
  );
  if (answer.kind === 'accepted')
    await parts.rulings.keep({
      id,
      by: answer.asked.by,
      at: answer.asked.at,
      how: 'sentAgain',
      commandId: answer.asked.commandId,
    });
  return answer;
};

/** Puts on record that a text is not to be sent again, by whom and when; the first who said so stays. */
export const giveUp = async (
  id: string,
  by: string,
  parts: MissedParts & Pick<AskParts, 'now'>,
): Promise<
  { readonly kind: 'givenUp'; readonly ruling: TextRuling } | { readonly kind: 'sentAgain' } | NotThere
> => {
  const text = await missedText(parts, id);
  if (text === undefined) return { kind: 'notThere' };
  if (text.ruling?.how === 'sentAgain') return { kind: 'sentAgain' };
  if (text.ruling !== undefined) return { kind: 'givenUp', ruling: text.ruling };
  const ruling: TextRuling = { id, by, at: parts.now(), how: 'givenUp' };
  await parts.rulings.keep(ruling);
  return { kind: 'givenUp', ruling };
};
