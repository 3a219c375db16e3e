import type { DrillContent, EventBatch, Prompt } from '@stopcovid/contracts';
import {
  isGraded,
  isReplyEvent,
  judgeReplyAgain,
  promptOf,
  recordedOutcome,
  type ReplyEvent,
  type ReplyOutcome,
} from '@stopcovid/dialog-core';
import type { Catalogue } from '@stopcovid/drills';

/** `right → wrong`: what a reply came to, and what it would come to. */
export type Change = `${ReplyOutcome} → ${ReplyOutcome}`;

/** A reply whose outcome would change, as typed; kept for questions that are graded alone, as others ask for names. */
export type ChangedReply = {
  readonly change: Change;
  readonly text: string;
  readonly language: string;
  readonly rules: readonly [recorded: string, now: string];
};

/** What became of the replies to one prompt. */
export type PromptTally = {
  readonly name: string;
  replies: number;
  readonly changes: Map<Change, number>;
  readonly examples: ChangedReply[];
};

type Place = { readonly content: DrillContent; readonly prompt: Prompt };

/** The change that trainees would feel as unfair. */
export const worst: Change = 'right → wrong';

/** Judges recorded replies again by the drills of a catalogue and by the grader of this release. */
export class WhatIf {
  /** Replies to prompts that the catalogue does not have. */
  gone = 0;
  readonly #tallies = new Map<string, PromptTally>();

  constructor(
    private readonly catalogue: Pick<Catalogue, 'revisions'>,
    private readonly examplesEach: number,
  ) {}

  /** Prompts with replies, by name. */
  get tallies(): readonly PromptTally[] {
    return [...this.#tallies.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  take({ events, trainee }: Pick<EventBatch, 'events' | 'trainee'>): void {
    for (const event of events) if (isReplyEvent(event)) this.#judge(event, trainee.profile.language);
  }

  #judge(event: ReplyEvent, language: EventBatch['trainee']['profile']['language']): void {
    const drill = event.repeat?.drill ?? event.drill;
    const place = this.#placeOf(drill, event.prompt);
    if (place === undefined) {
      this.gone += 1;
      return;
    }
    const { content, prompt } = place;
    const text = event.response ?? '';
    const now = judgeReplyAgain(prompt, content, { language, text });
    const before = recordedOutcome(event);
    const tally = this.#tallyOf(`${drill}/${event.prompt}`);
    tally.replies += 1;
    if (now.outcome === before) return;
    const change: Change = `${before} → ${now.outcome}`;
    tally.changes.set(change, (tally.changes.get(change) ?? 0) + 1);
    if (
      !isGraded(prompt) ||
      tally.examples.filter((kept) => kept.change === change).length >= this.examplesEach
    )
      return;
    tally.examples.push({ change, text, language, rules: [event.rule, now.rule] });
  }

  #placeOf(drill: ReplyEvent['drill'], slug: ReplyEvent['prompt']): Place | undefined {
    const content = this.catalogue.revisions.get(drill)?.content;
    const prompt = content && promptOf(content, slug);
    return prompt && content && { content, prompt };
  }

  #tallyOf(name: string): PromptTally {
    const known = this.#tallies.get(name);
    if (known !== undefined) return known;
    const begun: PromptTally = { name, replies: 0, changes: new Map(), examples: [] };
    this.#tallies.set(name, begun);
    return begun;
  }
}
