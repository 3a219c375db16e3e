import { about as askAbout, addPhone, watch } from './api.js';
import { prepareClock } from './clock.js';
import { prepareCrowd, showLoad } from './crowd.js';
import { prepareFaults, showPhoneFaults, showSettings } from './faults.js';
import { Phone, readable } from './phone.js';

const wall = document.getElementById('wall');
const switcher = document.getElementById('switcher');
const phones = new Map();

const announce = ({ number, hintCodes, links }) => {
  const hint = document.getElementById('hint');
  const codes = hintCodes.flatMap((code, index) => [
    index === 0 ? '' : ' or ',
    Object.assign(document.createElement('code'), { textContent: code }),
  ]);
  hint.replaceChildren(
    'To begin, text ',
    ...(codes.length > 0 ? codes : ['a code']),
    ` to ${readable(number)}`,
  );
  hint.hidden = false;
  document.getElementById('links').replaceChildren(
    ...links.map(({ label, url }) =>
      Object.assign(document.createElement('a'), {
        href: url,
        textContent: label,
        target: '_blank',
        rel: 'noreferrer',
      }),
    ),
  );
};

/** On a small screen one phone is seen at a time; these names lead to the others. */
const addToSwitcher = (view, element) => {
  const link = Object.assign(document.createElement('a'), { href: `#${element.id}`, textContent: view.name });
  switcher.append(link);
  const seen = new IntersectionObserver(
    ([entry]) => link.setAttribute('aria-current', String(entry.isIntersecting)),
    { root: wall, threshold: 0.6 },
  );
  seen.observe(element);
};

const showPhone = (view, about) => {
  const known = phones.get(view.number);
  if (known) {
    known.show(view);
    return showPhoneFaults(view.number, view.faults);
  }
  const phone = new Phone(view, about);
  phones.set(view.number, phone);
  wall.append(phone.element);
  // Only what is on the page can be scrolled to its latest text.
  phone.scrollToEnd();
  showPhoneFaults(view.number, view.faults);
  addToSwitcher(view, phone.element);
};

const showConnection = (state) => {
  const element = document.getElementById('connection');
  element.dataset.state = state;
  element.firstElementChild.textContent =
    state === 'connected' ? 'connected' : 'connection lost, trying again';
};

const focusNewest = async () => {
  const { number } = await addPhone();
  const seen = () => {
    const phone = phones.get(number);
    if (!phone) return requestAnimationFrame(seen);
    phone.element.scrollIntoView({ inline: 'start', block: 'nearest' });
    phone.input.focus({ preventScroll: true });
  };
  seen();
};

const about = await askAbout();
announce(about);
prepareCrowd(about);
await prepareFaults();
if (about.movesClock) prepareClock(phones);
watch(
  {
    wall: ({ phones: views, settings, load }) => {
      for (const view of views) showPhone(view, about);
      showSettings(settings);
      showLoad(load);
    },
    phone: (view) => showPhone(view, about),
    message: (message) => phones.get(message.phone)?.receive(message),
    settings: showSettings,
    load: showLoad,
  },
  showConnection,
);
document
  .getElementById('new-phone')
  .addEventListener('click', () => void focusNewest().catch(() => undefined));
