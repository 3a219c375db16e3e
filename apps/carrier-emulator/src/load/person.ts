import type { Random } from '../carrier/faults';
import type { Address } from '../carrier/message';
import type { Behaviour } from './behaviour';
import { answerTo, asks, invites, misspell, pick } from './writing';

const wrongWords = ['what?', 'who is this', 'lol', 'call me later', '??', 'ok ok', 'asdf', '👍'] as const;
const goodbyes = ['STOP', 'stop', 'Stop', 'CANCEL'] as const;
const wishes = ['MORE', 'MORE', 'MORE', 'more', 'More', 'menu', 'help'] as const;

/** Who has asked for more so often without being asked anything leaves it at that. */
const wishesAtMost = 2;

/** Who has answered a question so often, the last times without being asked again, leaves it at that. */
const answersAtMost = 3;

/** How many texts somebody in haste answers with. */
const textsInHaste = 5;

/** A question that was answered, and how often. */
type Answered = { readonly question: string; readonly times: number };

/** Somebody with a phone. What they write follows from their seed and from what they hear. */
export class Person {
  #joined = false;
  #stopped = false;
  #wishes = 0;
  #question: string | undefined;
  #answered: Answered | undefined;
  readonly #isHasty: boolean;
  readonly #isSilent: boolean;

  constructor(
    readonly phone: Address,
    private readonly behaviour: Behaviour,
    private readonly random: Random,
  ) {
    this.#isHasty = behaviour.hasty > 0 && random() < behaviour.hasty;
    this.#isSilent = behaviour.silent > 0 && random() < behaviour.silent;
  }

  /** They are registered already: there is no code to begin with. */
  join(): void {
    this.#joined = true;
  }

  get hasStopped(): boolean {
    return this.#stopped;
  }

  /**
   * Takes in a text. Whether they will write: a question is kept in mind until it is answered or ignored, and comes to
   * mind again when what comes back asks nothing and names no word to text instead: "Not quite" wants another answer.
   */
  hear(text: string): boolean {
    const { random, behaviour } = this;
    if (this.#isSilent) return false;
    if (this.#stopped) return random() < behaviour.comeBack;
    if (asks(text)) this.#ask(text);
    else this.#lookAgain(text);
    if (this.#question !== undefined) return true;
    return !asks(text) && this.#wishes < wishesAtMost && random() < behaviour.more;
  }

  /** What they write at once, next: one text, but for an answer in haste. */
  sayAll(): readonly string[] {
    const inHaste = this.#isHasty && this.#question !== undefined;
    const first = this.say();
    if (!inHaste || this.#stopped) return [first];
    return [first, ...Array.from({ length: textsInHaste - 1 }, () => pick(wrongWords, this.random))];
  }

  /** What they write next. */
  say(): string {
    const { random, behaviour } = this;
    if (!this.#joined) {
      this.#joined = true;
      return this.#slip(behaviour.code);
    }
    if (this.#stopped) {
      this.#stopped = false;
      return 'START';
    }
    if (random() < behaviour.stop) return this.#leave();
    return this.#question === undefined ? this.#wish() : this.#answer(this.#question);
  }

  /** How long they take for it. Who was not asked again waits as long as they ever do: a question may be on its way. */
  thinkMs(): number {
    const { thinkFromMs, thinkToMs } = this.behaviour;
    if (this.#question !== undefined && this.#answered !== undefined) return thinkToMs;
    return thinkFromMs + Math.max(0, thinkToMs - thinkFromMs) * this.random() ** 3;
  }

  #ask(question: string): void {
    this.#answered = undefined;
    this.#question = this.random() < this.behaviour.ignore ? undefined : question;
  }

  #lookAgain(text: string): void {
    if (this.#question !== undefined || this.#answered === undefined) return;
    const { question, times } = this.#answered;
    if (invites(text) || times >= answersAtMost) this.#answered = undefined;
    else if (this.random() >= this.behaviour.ignore) this.#question = question;
  }

  #leave(): string {
    this.#stopped = true;
    this.#question = undefined;
    this.#answered = undefined;
    return pick(goodbyes, this.random);
  }

  #answer(question: string): string {
    this.#answered = { question, times: (this.#answered?.times ?? 0) + 1 };
    this.#question = undefined;
    this.#wishes = 0;
    if (this.random() < this.behaviour.wrongWord) return pick(wrongWords, this.random);
    return this.#slip(answerTo(question, this.random));
  }

  #wish(): string {
    this.#wishes += 1;
    return this.#slip(pick(wishes, this.random));
  }

  #slip(text: string): string {
    return this.random() < this.behaviour.typo ? misspell(text, this.random) : text;
  }
}
