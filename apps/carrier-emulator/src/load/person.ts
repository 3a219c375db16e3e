import type { Random } from '../carrier/faults';
import type { Address } from '../carrier/message';
import type { Behaviour } from './behaviour';
import { answerTo, asks, misspell, pick } from './writing';

const wrongWords = ['what?', 'who is this', 'lol', 'call me later', '??', 'ok ok', 'asdf', '👍'] as const;
const goodbyes = ['STOP', 'stop', 'Stop', 'CANCEL'] as const;
const wishes = ['MORE', 'MORE', 'MORE', 'more', 'More', 'menu', 'help'] as const;

/** Who has asked for more so often without being asked anything leaves it at that. */
const wishesAtMost = 2;

/** Somebody with a phone. What they write follows from their seed and from what they hear. */
export class Person {
  #joined = false;
  #stopped = false;
  #wishes = 0;
  #question: string | undefined;

  constructor(
    readonly phone: Address,
    private readonly behaviour: Behaviour,
    private readonly random: Random,
  ) {}

  get hasStopped(): boolean {
    return this.#stopped;
  }

  /** Takes in a text. Whether they will write: a question is kept in mind until it is answered or ignored. */
  hear(text: string): boolean {
    const { random, behaviour } = this;
    if (this.#stopped) return random() < behaviour.comeBack;
    if (asks(text)) this.#question = random() < behaviour.ignore ? undefined : text;
    if (this.#question !== undefined) return true;
    return !asks(text) && this.#wishes < wishesAtMost && random() < behaviour.more;
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

  /** How long they take for it. */
  thinkMs(): number {
    const { thinkFromMs, thinkToMs } = this.behaviour;
    return thinkFromMs + Math.max(0, thinkToMs - thinkFromMs) * this.random() ** 3;
  }

  #leave(): string {
    this.#stopped = true;
    this.#question = undefined;
    return pick(goodbyes, this.random);
  }

  #answer(question: string): string {
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
