import type { Phone } from '@stopcovid/contracts';
import type { Offer } from '../progress/offer';
import type { Letter } from './broadcast';
import { candidatesOf, type CandidateParts } from './candidates';
import { verdictOn, type Verdict } from './verdict';

/** What an audience is judged by. */
export type JudgingParts = CandidateParts & { readonly offer: () => Offer };

export type Judged = { readonly phone: Phone; readonly verdict: Verdict };

/** Says of everybody in an audience, page by page, whether they are written to. */
export async function* judgeAudience(
  letter: Letter,
  now: number,
  parts: JudgingParts,
): AsyncGenerator<readonly Judged[]> {
  for await (const page of candidatesOf(letter.audience, parts.offer(), parts)) {
    const judged = page.candidates.map((candidate): Judged => ({
      phone: candidate.progress.phone,
      verdict: verdictOn(candidate, letter, now),
    }));
    const unreadable = page.unreadable.map(({ id }): Judged => ({
      phone: id as Phone,
      verdict: { kind: 'leftOut', reason: 'unreadable' },
    }));
    yield [...judged, ...unreadable];
  }
}
