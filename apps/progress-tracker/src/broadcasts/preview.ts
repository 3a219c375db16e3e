import type { Instant } from '@stopcovid/calendar';
import type { Phone } from '@stopcovid/contracts';
import { segmentsOf } from '@stopcovid/sms-copy';
import { leftOutReasons, type LeftOut, type Letter } from './broadcast';
import { departureOf, type Load, type Rate } from './capacity';
import type { Verdict } from './verdict';

/** What the account sends at, and what it pays for a segment, where that is known. */
export type Tariff = Rate & { readonly segmentPrice?: number | undefined };

/** Those who have it in one language. */
export type LanguageShare = {
  readonly language: string;
  readonly people: number;
  readonly segmentsEach: number;
  readonly segments: number;
  readonly cost?: number;
};

/** Some of those who are written to, or are not for one reason. */
export type Share = { readonly people: number; readonly phones: readonly Phone[] };

/** Why a broadcast cannot be confirmed. */
export type BroadcastObstacle = { readonly code: 'nobody' | 'doesNotFit'; readonly message: string };

/** What would come of a broadcast. `obstacles` is empty when it can be confirmed. */
export type Preview = {
  readonly people: number;
  readonly reached: Share;
  readonly leftOut: readonly (Share & { readonly reason: LeftOut })[];
  readonly languages: readonly LanguageShare[];
  readonly firstAt?: Date;
  readonly lastAt?: Date;
  readonly obstacles: readonly BroadcastObstacle[];
};

const mostPhones = 10;

const doesNotFit = (tooLate: number, { perSecond, segmentsPerSecond }: Tariff): BroadcastObstacle => {
  const segments = segmentsPerSecond === undefined ? '' : ` and ${segmentsPerSecond} segments`;
  return {
    code: 'doesNotFit',
    message: `at ${perSecond} messages${segments} a second, ${tooLate} would come to the end of their hours unsent: take a smaller audience, shorter words or a higher rate`,
  };
};

const nobody: BroadcastObstacle = {
  code: 'nobody',
  message: 'it would reach nobody; `leftOut` says why',
};

/** Counts verdicts, in memory that does not grow with the audience. */
export class PreviewTally {
  readonly #shares = new Map<LeftOut | 'reached', { people: number; phones: Phone[] }>();
  readonly #languages = new Map<string, number>();
  readonly #loads = new Map<string, Load>();
  readonly #segments: ReadonlyMap<string, number>;

  constructor(
    { texts }: Pick<Letter, 'texts'>,
    private readonly tariff: Tariff,
  ) {
    this.#segments = new Map(
      Object.entries(texts).map(([language, text]) => [language, segmentsOf(text).segments]),
    );
  }

  add(phone: Phone, verdict: Verdict): void {
    this.#count(verdict.kind === 'reached' ? 'reached' : verdict.reason, phone);
    if (verdict.kind === 'leftOut') return;
    const { language, dueAt, notAfter } = verdict;
    this.#languages.set(language, (this.#languages.get(language) ?? 0) + 1);
    this.#load(dueAt, notAfter, this.#segments.get(language) ?? 0);
  }

  #count(what: LeftOut | 'reached', phone: Phone): void {
    const share = this.#shares.get(what) ?? { people: 0, phones: [] };
    share.people += 1;
    if (share.phones.length < mostPhones) share.phones.push(phone);
    this.#shares.set(what, share);
  }

  #load(dueAt: Instant, notAfter: Instant, more: number): void {
    const key = `${dueAt}/${notAfter}`;
    const { people, segments } = this.#loads.get(key) ?? { people: 0, segments: 0 };
    this.#loads.set(key, { dueAt, notAfter, people: people + 1, segments: segments + more });
  }

  #share(language: string, people: number): LanguageShare {
    const segmentsEach = this.#segments.get(language) ?? 0;
    const segments = people * segmentsEach;
    const { segmentPrice } = this.tariff;
    const cost = segmentPrice === undefined ? {} : { cost: Math.round(segments * segmentPrice * 100) / 100 };
    return { language, people, segmentsEach, segments, ...cost };
  }

  total(): Preview {
    const departure = departureOf([...this.#loads.values()], this.tariff);
    const reached = this.#shares.get('reached') ?? { people: 0, phones: [] };
    const shares = leftOutReasons.flatMap((reason) => {
      const share = this.#shares.get(reason);
      return share === undefined ? [] : [{ reason, ...share }];
    });
    return {
      people: shares.reduce((sum, { people }) => sum + people, reached.people),
      reached,
      leftOut: shares,
      languages: [...this.#languages].map(([language, people]) => this.#share(language, people)),
      ...(departure && { firstAt: new Date(departure.firstAt), lastAt: new Date(departure.lastAt) }),
      obstacles: [
        ...(departure === null ? [nobody] : []),
        ...(departure !== null && departure.tooLate > 0 ? [doesNotFit(departure.tooLate, this.tariff)] : []),
      ],
    };
  }
}
