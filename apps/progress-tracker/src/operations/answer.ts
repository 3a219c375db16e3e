import { NotFoundException } from '@nestjs/common';
import type { DialogCommand } from '@stopcovid/contracts';
import { PublishFailed } from '@stopcovid/kafka';
import { invalidBody, Problem } from '../problems/problem';
import type { Employers } from '../progress/progress-store';
import { withinEmployers, type AskedProgress } from '../progress/within-employers';
import { ask, forecast, type Answer, type AskParts, type Forecast, type Request } from './ask';
import type { Asking } from './asking';
import { commandView, type CommandView, type ForecastView } from './command-views';

/** What routes ask with. */
export type Desk = { readonly parts: AskParts & { readonly store: AskedProgress } };
/** Its token. */
export const DESK = Symbol('DESK');

/** Of a key that came with something else before. */
export const keyReused = (): Problem =>
  new Problem('key-reused', 'Idempotency-Key stood for something else before: take a new one');

const refuse = (refusal: Exclude<Answer, { kind: 'accepted' }>): never => {
  switch (refusal.kind) {
    case 'invalid':
      throw invalidBody(refusal.problems);
    case 'hindered':
      throw new Problem('hindered', refusal.obstacles.map(({ message }) => message).join('; '), {
        obstacles: refusal.obstacles,
      });
    case 'keyReused':
      throw keyReused();
  }
};

const possibleView = (command: DialogCommand): ForecastView => {
  const delivery = 'delivery' in command ? command.delivery : undefined;
  return {
    possible: true,
    type: command.type,
    ...(delivery && { notAfter: delivery.notAfter }),
    obstacles: [],
  };
};

const forecastView = (foreseen: Forecast): ForecastView => {
  switch (foreseen.kind) {
    case 'invalid':
      return refuse(foreseen);
    case 'hindered':
      return { possible: false, obstacles: foreseen.obstacles };
    case 'possible':
      return possibleView(foreseen.command);
  }
};

/** What Kafka's absence means to whoever asks. */
export const away = (error: unknown): never => {
  if (!(error instanceof PublishFailed)) throw error;
  throw new Problem('kafka-away', 'Kafka is away: ask again, with the same Idempotency-Key.');
};

/** 202 with where to look; or why not. */
export const accepted = (answer: Answer, { reply }: Asking): CommandView => {
  if (answer.kind !== 'accepted') return refuse(answer);
  reply.code(202);
  reply.header('Location', `/v1/commands/${encodeURIComponent(answer.asked.commandId)}`);
  return commandView(answer.asked);
};

/* To whoever is limited, people of other employers are not there, and nobody is handed over to these. */
const refuseOthers = async (
  { phone, action }: Pick<Request, 'phone' | 'action'>,
  employers: Employers,
  store: AskedProgress,
): Promise<void> => {
  if ((await store.trainee(phone)) === undefined)
    throw new NotFoundException('Nothing was ever heard of this phone.');
  const moved = action.kind === 'update' ? action.account?.employerId : undefined;
  if (moved !== undefined && (moved === null || !employers.includes(moved)))
    throw invalidBody([`account.employerId: must be one of ${employers.join(', ')}`]);
};

/** Asks, or says what would come of it, and answers as HTTP does. */
export const answerTo = async (
  asked: Pick<Request, 'phone' | 'action'>,
  asking: Asking,
  desk: Desk,
): Promise<CommandView | ForecastView> => {
  const { employers } = asking.caller;
  const parts = { ...desk.parts, store: withinEmployers(desk.parts.store, employers) };
  if (employers !== undefined) await refuseOthers(asked, employers, parts.store);
  const request: Request = { ...asked, by: asking.caller.name, key: asking.key };
  if (asking.dryRun) {
    asking.reply.code(200);
    return forecastView(await forecast(request, parts));
  }
  return accepted(await ask(request, parts).catch(away), asking);
};
