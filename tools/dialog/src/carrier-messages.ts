import type { Twilio } from 'twilio';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message';
import type { CarrierMessage } from './audit';
import { UnavailableError, UsageError } from './exit';
import type { Stretch } from './newest-first';

/** The carrier's own log of an account. Both reject with UsageError or UnavailableError, which say why. */
export interface CarrierMessages {
  /** At least what was sent in this time, newest first, page by page. */
  list(range: Stretch): AsyncIterable<readonly CarrierMessage[]>;
  /** Those of these messages that the carrier has, listed or not. */
  fetch(sids: readonly string[]): Promise<readonly CarrierMessage[]>;
}

const pageSize = 1_000;
const atOnce = 8;
const dayMs = 86_400_000;
const sidForm = /^[A-Z]{2}[0-9a-zA-Z]{32}$/;

const directionOf = (direction: string): CarrierMessage['direction'] => {
  if (direction === 'inbound') return 'inbound';
  return direction === 'outbound-reply' ? 'answer' : 'outbound';
};

const toCarrierMessage = (message: MessageInstance): CarrierMessage => ({
  sid: message.sid,
  direction: directionOf(message.direction),
  from: message.from ?? '',
  to: message.to ?? '',
  ...(message.messagingServiceSid ? { messagingServiceSid: message.messagingServiceSid } : {}),
  body: message.body ?? '',
  status: message.status,
  at: message.dateSent ?? message.dateCreated,
});

const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : undefined;

const refusals: ReadonlySet<number | undefined> = new Set([400, 401, 403, 404]);

const toOurs = (error: unknown): Error => {
  const status = statusOf(error);
  const said = error instanceof Error ? error.message : 'no reason given';
  return refusals.has(status)
    ? new UsageError(
        `Twilio refuses (${status}): ${said}. Are TWILIO_ACCOUNT_SID and its token or key right?`,
      )
    : new UnavailableError(`Twilio does not answer as it should: ${said}`);
};

const asked = async <T>(question: () => Promise<T>): Promise<T> => {
  try {
    return await question();
  } catch (error) {
    throw toOurs(error);
  }
};

/* An answer that is not Twilio's may parse all the same. */
const checked = (messages: readonly MessageInstance[]): readonly CarrierMessage[] => {
  const found = messages.map(toCarrierMessage);
  const broken = found.some(({ sid, status, at }) => !sid || !status || Number.isNaN(at?.getTime()));
  if (broken) throw new UnavailableError('Twilio does not answer as it should: a message without id or time');
  return found;
};

type ListPage = {
  readonly instances: readonly MessageInstance[];
  nextPage(): Promise<ListPage> | undefined;
};

async function* pagesOf(
  client: Pick<Twilio, 'messages'>,
  { from, to }: Stretch,
): AsyncGenerator<readonly CarrierMessage[]> {
  /* The filter may be by whole days (UTC), its end not included. */
  const dateSentBefore = new Date((Math.floor(to / dayMs) + 1) * dayMs);
  const wanted = { dateSentAfter: new Date(from), dateSentBefore, pageSize };
  let page: ListPage = await asked(() => client.messages.page(wanted));
  for (;;) {
    const { instances } = page;
    yield checked(instances);
    const next = page.nextPage();
    if (next === undefined) return;
    page = await asked(() => next);
  }
}

const fetchOne = async (
  client: Pick<Twilio, 'messages'>,
  sid: string,
): Promise<readonly CarrierMessage[]> => {
  try {
    return checked([await client.messages(sid).fetch()]);
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw error instanceof UnavailableError ? error : toOurs(error);
  }
};

/** The log of a Twilio account, read by the twilio package's client. */
export const carrierMessages = (client: Pick<Twilio, 'messages'>): CarrierMessages => ({
  list: (range) => pagesOf(client, range),
  fetch: async (sids) => {
    /* What has not the form of an id is nowhere, and must not become part of an address. */
    const wanted = sids.filter((sid) => sidForm.test(sid));
    const found: CarrierMessage[] = [];
    for (let at = 0; at < wanted.length; at += atOnce) {
      const some = wanted.slice(at, at + atOnce).map((sid) => fetchOne(client, sid));
      found.push(...(await Promise.all(some)).flat());
    }
    return found;
  },
});
