import { changeSettings } from './api.js';

const percent = (value) => (value === 0 ? 'never' : value === 1 ? 'always' : `${Math.round(value * 100)} %`);
const seconds = (value) => (value === 0 ? 'at once' : `${(value / 1_000).toLocaleString()} s late`);

const faults = [
  { name: 'answerDelayMs', label: 'Answers late', most: 30_000, step: 500, say: seconds },
  { name: 'throttle', label: 'Refuses with 429', most: 1, step: 0.05, say: percent },
  { name: 'failAfterAccepting', label: 'Accepts, then answers 500', most: 1, step: 0.05, say: percent },
  { name: 'dropAfterAccepting', label: 'Accepts, then hangs up', most: 1, step: 0.05, say: percent },
  { name: 'duplicateCallbacks', label: 'Reports a status twice', most: 1, step: 0.05, say: percent },
  { name: 'undelivered', label: 'Loses the text (30003)', most: 1, step: 0.05, say: percent },
];

const fields = new Map();
const dialog = document.getElementById('faults');
const opener = document.getElementById('open-faults');

const createField = (fault) => {
  const field = document.getElementById('fault-template').content.firstElementChild.cloneNode(true);
  const input = field.querySelector('input');
  field.querySelector('.fault-name').textContent = fault.label;
  Object.assign(input, { max: String(fault.most), step: String(fault.step) });
  input.dataset.testid = `fault-${fault.name}`;
  input.addEventListener('change', () => void changeSettings({ [fault.name]: Number(input.value) }));
  input.addEventListener(
    'input',
    () => (field.querySelector('output').value = fault.say(Number(input.value))),
  );
  fields.set(fault.name, field);
  return field;
};

/** Shows the settings in force; several pages may be open at once. */
export const showSettings = (settings) => {
  for (const fault of faults) {
    const field = fields.get(fault.name);
    field.querySelector('input').value = String(settings[fault.name]);
    field.querySelector('output').value = fault.say(settings[fault.name]);
    field.dataset.active = String(settings[fault.name] > 0);
  }
  opener.dataset.active = String(faults.some((fault) => settings[fault.name] > 0));
};

export const prepareFaults = () => {
  document.getElementById('fault-fields').append(...faults.map(createField));
  opener.addEventListener('click', () => dialog.showModal());
  document
    .getElementById('heal')
    .addEventListener(
      'click',
      () => void changeSettings(Object.fromEntries(faults.map(({ name }) => [name, 0]))),
    );
};
