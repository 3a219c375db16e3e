import { sendText } from './api.js';
import { openFaults } from './faults.js';
import { createBubble, placeBubble, updateBubble } from './bubble.js';
import { showChips } from './chips.js';
import { reasonOf } from './notice.js';
import { suggestions } from './suggestions.js';
import { showZones, timeIn } from './zones.js';

const shownAtMost = 200;

/** +12025550143 as people write it; other countries' numbers stay as they are. */
export const readable = (number) =>
  number.replace(/^((?:whatsapp:)?)\+1(\d{3})(\d{3})(\d{4})$/, '$1+1 ($2) $3-$4');

/** A colour for the avatar; neighbours on the wall differ. */
const toneOf = (number) => `tone-${Number(number.slice(-2)) % 6}`;

const refusedAs = (body) => `refused-${body}`;

const isVisible = (message) => message.status !== 'onItsWay';

const bySight = (one, other) => one.at.localeCompare(other.at) || one.sequence - other.sequence;

/** One phone on the wall. */
export class Phone {
  #messages = new Map();
  #bubbles = new Map();
  #sending = Promise.resolve();
  #atEnd = true;
  #zone;
  #refusedByCarrier = false;
  #told;

  constructor(view, about) {
    this.number = view.number;
    this.name = view.name;
    this.about = about;
    this.element = document.getElementById('phone-template').content.firstElementChild.cloneNode(true);
    this.log = this.#find('.log');
    this.input = this.#find('textarea');
    this.#label(view);
    this.#listen();
    this.show(view);
  }

  /** Takes over a whole conversation, as it is after a reconnection. */
  show(view) {
    this.#refusedByCarrier = view.optedOut;
    this.#showConsent();
    const there = new Set(view.messages.map(({ sid }) => sid));
    for (const [sid, { unsent }] of [...this.#messages]) if (!there.has(sid) && !unsent) this.#drop(sid);
    for (const message of view.messages) this.#keep(message);
    this.#settle(true);
  }

  /** Takes every text off the screen, those too that never left it. */
  empty() {
    for (const sid of [...this.#messages.keys()]) this.#drop(sid);
    this.#settle(true);
  }

  /** What the service holds of this person, and when it said so; nothing where it does not say. */
  know(told) {
    this.#told = told;
    this.#showConsent();
    this.#suggest();
  }

  /** Shows by whose clock this person lives, and lets it be chosen. */
  live(zone, at, choose) {
    const place = this.#find('.place');
    place.hidden = false;
    this.#find('.place time').textContent = timeIn(zone, at);
    showZones(this.#find('.place select'), { zone, choose, label: `Time zone of ${this.name}` });
    if (zone === this.#zone) return;
    this.#zone = zone;
    for (const bubble of this.#bubbles.values()) placeBubble(bubble, zone);
  }

  scrollToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** A text of the service that the carrier did not take: it stands there, marked, until it is taken. */
  refuse({ body, note }) {
    const sid = refusedAs(body);
    const tries = (this.#messages.get(sid)?.tries ?? 0) + 1;
    const message = this.#local({
      sid,
      mine: false,
      body,
      note: tries > 1 ? `${note}, ${tries} times` : note,
    });
    this.receive({ ...message, tries });
  }

  receive(message) {
    if (!message.mine && !message.unsent) this.#drop(refusedAs(message.body));
    const follow = this.#atEnd || message.mine;
    this.#keep(message);
    this.#settle(follow);
  }

  /** Texts leave in the order of typing, also when several are typed before the first has left. */
  send(text) {
    if (text.trim() === '') return;
    this.#sending = this.#sending
      .then(() => sendText(this.number, text))
      .catch((error) => this.#complain(text, error));
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }

  #label({ number, name }) {
    const id = `phone-${number.replaceAll(/\W/g, '')}`;
    this.element.id = id;
    this.element.dataset.phone = number;
    this.element.setAttribute('aria-label', `Phone of ${name}, ${readable(number)}`);
    this.#find('h2').textContent = name;
    this.#find('.who p').textContent = readable(number);
    this.log.setAttribute('aria-label', `Conversation of ${name}`);
    this.#find('.avatar').textContent = [...name][0] ?? '';
    this.#find('.avatar').classList.add(toneOf(number));
    this.input.id = `${id}-text`;
    this.#find('label').htmlFor = this.input.id;
    this.#find('label').textContent = `Text from ${name}`;
    this.#find('.own-faults').setAttribute(
      'aria-label',
      `What goes wrong for ${name}; empty or remove this phone`,
    );
    this.#find('.empty-how').append(...this.#instructions());
  }

  /** STOP is obeyed by the carrier or by the service. */
  #showConsent() {
    const line = this.#find('.opted-out');
    line.hidden = !(this.#refusedByCarrier || this.#told?.optedOut);
    const where = this.#refusedByCarrier ? 'at the carrier' : 'of the service';
    line.textContent = line.hidden ? '' : `Opted out ${where} until START`;
  }

  #instructions() {
    const strong = (text) => Object.assign(document.createElement('strong'), { textContent: text });
    const [code] = this.about.hintCodes;
    if (!code) return ['Text a registration code to ', strong(readable(this.about.number)), ' to begin.'];
    return [
      'Text ',
      strong(code),
      ' to ',
      strong(readable(this.about.number)),
      ' and the first drill begins.',
    ];
  }

  #listen() {
    const submit = () => {
      this.send(this.input.value);
      this.input.value = '';
      this.#allowSending();
    };
    this.#find('.own-faults').addEventListener('click', () => openFaults(this));
    this.log.addEventListener('scroll', () => {
      this.#atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    });
    // A phone that is turned, or whose keyboard comes out, goes on showing what came last.
    new ResizeObserver(() => this.#atEnd && this.scrollToEnd()).observe(this.log);
    // A picture grows its bubble once it has loaded; load events do not bubble, so they are caught on the way down.
    this.log.addEventListener('load', () => this.scrollToEnd(), true);
    this.input.addEventListener('input', () => this.#allowSending());
    this.input.addEventListener('keydown', (event) => {
      // Enter also ends the choice of a character in many scripts; that must not send the text.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    });
    this.#find('form').addEventListener('submit', (event) => {
      event.preventDefault();
      submit();
      this.input.focus();
    });
  }

  #allowSending() {
    this.#find('.send').disabled = this.input.value.trim() === '';
  }

  #keep(message) {
    this.#messages.set(message.sid, message);
    const [oldest] = this.#messages.keys();
    if (this.#messages.size <= shownAtMost) return;
    this.#drop(oldest);
  }

  #drop(sid) {
    this.#messages.delete(sid);
    this.#bubbles.get(sid)?.remove();
    this.#bubbles.delete(sid);
  }

  /** A text that is still on its way to this phone is not on its screen yet: the dots announce it. */
  #settle(follow) {
    const all = this.#all();
    const visible = all.filter(isVisible);
    const typing = this.#find('.typing');
    visible.forEach((message, index) => this.#place(message, visible[index - 1]));
    typing.hidden = visible.length === all.length;
    this.#find('.empty').hidden = all.length > 0;
    this.#suggest();
    if (follow) this.scrollToEnd();
  }

  #place(message, before) {
    const bubble =
      this.#bubbles.get(message.sid) ?? createBubble(message, message.mine ? this.name : 'The service');
    if (!bubble.isConnected || !this.#bubbles.has(message.sid)) {
      this.#bubbles.set(message.sid, bubble);
      if (this.#zone) placeBubble(bubble, this.#zone);
      const previous = before && this.#bubbles.get(before.sid);
      if (previous) previous.after(bubble);
      else this.#find('.empty').after(bubble);
    }
    bubble.dataset.turn = before?.mine === message.mine ? 'same' : 'new';
    updateBubble(bubble, message, () => {
      if (message.unsent) this.#drop(message.sid);
      this.send(message.body);
    });
  }

  #all() {
    return [...this.#messages.values()].sort(bySight);
  }

  #suggest() {
    const about = { codes: this.about.hintCodes, told: this.#told };
    const wanted = suggestions(this.#all().filter(isVisible), about);
    showChips(this.#find('.chips'), wanted, (text) => this.send(text));
  }

  /** The emulator itself could not be reached: the text stays on the phone, marked, and can be sent again. */
  #complain(text, error) {
    const sid = `unsent-${crypto.randomUUID?.() ?? Math.random()}`;
    this.receive(this.#local({ sid, mine: true, body: text, note: reasonOf(error) }));
  }

  /** A text that the emulator has no record of, after all others. */
  #local(message) {
    const last = this.#all().at(-1)?.at ?? '';
    const now = new Date().toISOString();
    return {
      ...message,
      unsent: true,
      sequence: Number.MAX_SAFE_INTEGER,
      phone: this.number,
      media: [],
      segments: 1,
      at: now > last ? now : last,
      status: 'failed',
    };
  }
}
