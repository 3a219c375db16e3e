import { askClock, moveClock, setZone } from './api.js';
import { reasonOf } from './notice.js';
import { cityOf, dateIn, nineTomorrow, timeIn } from './zones.js';

const hourMs = 3_600_000;
const askEveryMs = 1_500;
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const what = {
  drill: (name) => `a drill for ${name}`,
  reminder: (name) => `a reminder for ${name}`,
  drip: (name) => `a message for ${name}`,
  broadcast: (name) => `a message for ${name}`,
  abandon: (name) => `${name}’s unanswered drill makes room for the next`,
  pause: (name) => `${name}’s drills pause, for nothing was answered`,
};

const element = (id) => document.getElementById(id);

/** The clock that all services go by. It moves forward alone, by way of all that comes meanwhile. */
class PlaygroundClock {
  #ahead = 0;
  #places = [];
  #moving = false;

  constructor(phones) {
    this.phones = phones;
    this.section = element('clock');
    this.section.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-move]');
      if (button) void this.#move(button.dataset);
    });
  }

  async look() {
    // What is shown while the clock moves comes with the answer to that.
    if (this.#moving || document.hidden) return;
    await this.#try(async () => this.#show(await askClock()));
  }

  draw() {
    const now = this.#now();
    element('clock-time').textContent = dateIn(this.#zone(), now);
    element('clock-time').dateTime = new Date(now).toISOString();
    element('clock-place').textContent = `in ${cityOf(this.#zone())}`;
    element('clock-next-is').textContent = this.#nextIs();
    for (const button of this.section.querySelectorAll('button'))
      button.disabled = this.#moving || (button.dataset.move === 'next' && this.#next() === undefined);
    for (const { phone, zone } of this.#places)
      this.phones.get(phone)?.live(zone, now, (chosen) => void this.#choose(phone, chosen));
  }

  #now() {
    return Date.now() + this.#ahead;
  }

  /* Of whoever takes part; this browser's as long as nobody does. */
  #zone() {
    return this.#places.find(({ zone }) => zone !== null)?.zone ?? ownZone;
  }

  #next() {
    return this.#places
      .flatMap(({ phone, zone, next }) => (next ? [{ phone, zone, ...next }] : []))
      .sort((one, other) => one.at.localeCompare(other.at))[0];
  }

  #nextIs() {
    const next = this.#next();
    if (!next) return this.#places.length === 0 ? '' : 'Nothing comes by itself.';
    const name = this.phones.get(next.phone)?.name ?? next.phone;
    return `Next: ${what[next.kind]?.(name) ?? next.kind}, ${timeIn(next.zone ?? this.#zone(), next.at)}`;
  }

  #target({ move, hours }) {
    if (move === 'morning') return nineTomorrow(this.#zone(), this.#now());
    if (move === 'hours') return this.#now() + hours * hourMs;
    return Math.max(Date.parse(this.#next().at), this.#now() + 1_000);
  }

  async #move(how) {
    const finger = document.activeElement;
    this.#moving = true;
    this.section.setAttribute('aria-busy', 'true');
    const to = new Date(this.#target(how)).toISOString();
    this.draw();
    await this.#try(async () => this.#show(await moveClock(to)));
    this.#moving = false;
    this.section.setAttribute('aria-busy', 'false');
    this.draw();
    // A button that could not be used meanwhile has lost the focus.
    if (document.activeElement === document.body) finger?.focus({ preventScroll: true });
  }

  async #choose(phone, zone) {
    await this.#try(() => setZone(phone, zone));
    await this.look();
  }

  #show({ at, phones }) {
    this.#ahead = Date.parse(at) - Date.now();
    this.#places = phones;
    this.draw();
  }

  async #try(work) {
    const complaint = element('clock-complaint');
    await work().then(
      () => (complaint.hidden = true),
      (error) => {
        complaint.textContent = reasonOf(error);
        complaint.hidden = false;
      },
    );
  }
}

/** Shows the clock of the playground and the zones of its phones. */
export const prepareClock = (phones) => {
  const clock = new PlaygroundClock(phones);
  element('clock').hidden = false;
  clock.draw();
  void clock.look();
  setInterval(() => clock.draw(), 1_000);
  setInterval(() => void clock.look(), askEveryMs);
};
