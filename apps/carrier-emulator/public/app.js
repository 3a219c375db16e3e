import { about as askAbout, addPhone, watch } from './api.js';
import { prepareClock } from './clock.js';
import { prepareCompany } from './company.js';
import { prepareCrowd, showLoad } from './crowd.js';
import { prepareFaults, showSettings } from './faults.js';
import { reasonOf, takeBack, tell } from './notice.js';
import { readable } from './phone.js';
import { Wall } from './wall.js';

const wall = new Wall();

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

const showConnection = (state) => {
  const element = document.getElementById('connection');
  element.dataset.state = state;
  element.firstElementChild.textContent =
    state === 'connected' ? 'connected' : 'connection lost, trying again';
  document.getElementById('lost').hidden = state === 'connected';
};

let instance;

/** What an emulator that was started again remembers of the phones is nothing: a page that stayed open says so. */
const noticeRestart = async (present) => {
  const restarted = instance !== undefined && instance !== present;
  instance = present;
  if (!restarted) return;
  tell('The emulator was started again: what stood on the phones before is gone.');
  announce(await askAbout());
};

const noAnswer = 'The progress API does not answer: who opted out by STOP is not shown until it does.';
let answers = true;

const takeIn = (told) => {
  wall.know(told);
  if (answers && !told.trainees) tell(noAnswer);
  if (!answers && told.trainees) takeBack(noAnswer);
  answers = told.trainees !== null;
};

const focusNewest = async () => {
  const { number } = await addPhone();
  const seen = () => {
    const phone = wall.phones.get(number);
    if (!phone) return requestAnimationFrame(seen);
    phone.element.scrollIntoView({ inline: 'start', block: 'nearest' });
    phone.input.focus({ preventScroll: true });
  };
  seen();
};

const about = await askAbout();
announce(about);
prepareCrowd(about);
await prepareFaults(wall);
if (about.movesClock) prepareClock(wall.phones);
if (about.makesCompany) void prepareCompany();
watch(
  {
    wall: ({ instance: present, phones, settings, load }) => {
      wall.showAll(phones, about);
      showSettings(settings);
      showLoad(load);
      void noticeRestart(present);
    },
    phone: (view) => wall.show(view, about),
    removal: ({ number }) => wall.remove(number),
    refusal: (refusal) => wall.phones.get(refusal.phone)?.refuse(refusal),
    message: (message) => wall.receive(message),
    settings: showSettings,
    trainees: takeIn,
    load: showLoad,
  },
  showConnection,
);
document
  .getElementById('new-phone')
  .addEventListener(
    'click',
    () => void focusNewest().catch((error) => tell(`No phone was added: ${reasonOf(error)}.`)),
  );
