import { showPhoneFaults } from './faults.js';
import { Phone } from './phone.js';
import { addToSwitcher } from './switcher.js';

const element = document.getElementById('wall');

/** The phones on the page, as the emulator tells of them. */
export class Wall {
  phones = new Map();
  #leave = new Map();

  /** Takes over the whole wall: phones that are not on it any more go. */
  showAll(views, about) {
    const there = new Set(views.map(({ number }) => number));
    for (const number of [...this.phones.keys()]) if (!there.has(number)) this.remove(number);
    for (const view of views) this.show(view, about);
  }

  show(view, about) {
    const known = this.phones.get(view.number);
    if (known) known.show(view);
    else this.#add(view, about);
    showPhoneFaults(view.number, view.faults);
  }

  /** Takes over what the service holds of each phone: of one that it does not know, nothing. */
  know({ at, trainees }) {
    const known = new Map((trainees ?? []).map((trainee) => [trainee.phone, trainee]));
    const stranger = { optedOut: false, askedAt: null };
    for (const [number, phone] of this.phones)
      phone.know(trainees ? { ...stranger, ...known.get(number), at } : undefined);
  }

  receive(message) {
    this.phones.get(message.phone)?.receive(message);
  }

  /** Where somebody goes on who was at this phone when it goes: the next one, or the way to a new one. */
  besides(number) {
    const { element: leaving } = this.phones.get(number);
    const next = leaving.nextElementSibling ?? leaving.previousElementSibling;
    return next?.querySelector('.own-faults') ?? document.getElementById('new-phone');
  }

  remove(number) {
    const phone = this.phones.get(number);
    if (!phone) return;
    const next = this.besides(number);
    const focused = phone.element.contains(document.activeElement);
    this.#leave.get(number)();
    this.#leave.delete(number);
    this.phones.delete(number);
    phone.element.remove();
    if (focused) next.focus();
  }

  #add(view, about) {
    const phone = new Phone(view, about);
    this.phones.set(view.number, phone);
    element.append(phone.element);
    // Only what is on the page can be scrolled to its latest text.
    phone.scrollToEnd();
    this.#leave.set(view.number, addToSwitcher(view.name, phone.element));
  }
}
