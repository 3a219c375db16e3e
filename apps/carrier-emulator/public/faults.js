import { askErrors, changePhoneFaults, changeSettings, emptyPhone, healPhone, removePhone } from './api.js';
import { fields, groups, isFault } from './fault-fields.js';
import { reasonOf } from './notice.js';

const dialog = document.getElementById('faults');
const opener = document.getElementById('open-faults');
const title = document.getElementById('faults-title');
const explanation = document.getElementById('faults-explanation');
const complaint = document.getElementById('faults-complaint');
const heal = document.getElementById('heal');
const done = document.getElementById('faults-done');
const ofOnePhone = document.getElementById('of-one-phone');

const rows = new Map();
const ownFaults = new Map();
let settings = {};
/** The phone that the dialog is about, or nothing when it is about all. */
let subject;

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

const attempt = async (work) => {
  complaint.hidden = true;
  try {
    await work();
  } catch (error) {
    complaint.textContent = `Nothing has changed: ${reasonOf(error)}.`;
    complaint.hidden = false;
    update();
  }
};

const save = (change) =>
  attempt(async () => {
    if (subject) showPhoneFaults(subject.number, await changePhoneFaults(subject.number, change));
    else showSettings(await changeSettings(change));
  });

/** The stop that is nearest to a value, which may have been set to anything by HTTP. */
const nearest = (stops, value) =>
  stops.reduce(
    (best, stop, index) => (Math.abs(stop - value) < Math.abs(stops[best] - value) ? index : best),
    0,
  );

const controls = {
  slider: (field) => {
    const input = make('input', { type: 'range', min: '0', max: String(field.stops.length - 1), step: '1' });
    const output = make('output', {});
    input.addEventListener('input', () => (output.value = field.say(field.stops[input.valueAsNumber])));
    return {
      input,
      output,
      read: () => field.stops[input.valueAsNumber],
      show: (value) => {
        input.value = String(nearest(field.stops, value));
        output.value = field.say(value);
        input.setAttribute('aria-valuetext', output.value);
      },
    };
  },
  choice: (field) => {
    const input = make('select', {});
    input.append(...field.choices.map(([value, label]) => make('option', { value, textContent: label })));
    return { input, read: () => input.value, show: (value) => (input.value = value) };
  },
  code: () => {
    const input = make('select', {});
    input.append(make('option', { value: '0', textContent: 'none' }));
    return {
      input,
      read: () => Number(input.value),
      show: (value) => {
        const known = [...input.options].some((option) => option.value === String(value));
        if (!known) input.append(make('option', { value: String(value), textContent: String(value) }));
        input.value = String(value);
      },
    };
  },
  switch: () => {
    const input = make('input', { type: 'checkbox', className: 'toggle' });
    input.setAttribute('role', 'switch');
    return { input, read: () => input.checked, show: (value) => (input.checked = value) };
  },
};

const createRow = (field) => {
  const control = controls[field.kind](field);
  const element = make('label', { className: `fault ${field.kind}` });
  control.input.dataset.testid = `fault-${field.name}`;
  control.input.addEventListener('change', () => void save({ [field.name]: control.read() }));
  element.append(make('span', { className: 'fault-name', textContent: field.label }));
  if (control.output) element.append(control.output);
  element.append(control.input);
  rows.set(field.name, { ...control, field, element });
  return element;
};

const createGroup = (group) => {
  const element = make('fieldset', {});
  element.append(make('legend', { textContent: group.title }), ...group.fields.map(createRow));
  return element;
};

const update = () => {
  const own = subject ? (ownFaults.get(subject.number) ?? {}) : {};
  const effective = { ...settings, ...own };
  for (const { field, element, show } of rows.values()) {
    show(effective[field.name] ?? field.well);
    element.hidden = Boolean(subject && field.common);
    element.dataset.active = String(isFault(field, effective[field.name]));
    element.dataset.own = String(field.name in own);
  }
  title.textContent = subject ? `What should go wrong for ${subject.name}?` : 'What should go wrong?';
  ofOnePhone.hidden = !subject;
  explanation.textContent = subject
    ? 'What you change here holds for this phone alone, before what holds for all. Emptied or removed, it is still known to the service.'
    : 'The carrier misbehaves on purpose; the services behind it must cope.';
  heal.textContent = subject ? 'Treat this phone like all others' : 'Let nothing go wrong';
  heal.disabled = Boolean(subject) && Object.keys(own).length === 0;
  opener.dataset.active = String(fields.some((field) => isFault(field, settings[field.name])));
};

/** Shows the settings in force; several pages may be open at once. */
export const showSettings = (inForce) => {
  settings = inForce;
  update();
};

/** Keeps what one phone differs in; its button tells that it does. */
export const showPhoneFaults = (number, own) => {
  ownFaults.set(number, own);
  const button = document.querySelector(`[data-phone="${CSS.escape(number)}"] .own-faults`);
  if (button) button.dataset.active = String(Object.keys(own).length > 0);
  update();
};

/** Opens the dialog for one phone, or for all. */
export const openFaults = (phone) => {
  subject = phone;
  complaint.hidden = true;
  update();
  dialog.showModal();
};

const cure = async () => {
  if (!subject)
    return save(Object.fromEntries(fields.filter(({ rule }) => !rule).map(({ name, well }) => [name, well])));
  await attempt(async () => {
    await healPhone(subject.number);
    showPhoneFaults(subject.number, {});
    // The button has nothing left to do, and what cannot be used keeps no focus.
    done.focus();
  });
};

const empty = ({ number }, wall) =>
  attempt(async () => {
    await emptyPhone(number);
    wall.phones.get(number)?.empty();
    dialog.close();
  });

const remove = ({ number }, wall) =>
  attempt(async () => {
    const next = wall.besides(number);
    await removePhone(number);
    wall.remove(number);
    dialog.close();
    // Closing gives focus back to the button that opened it, which has gone.
    next.focus();
  });

export const prepareFaults = async (wall) => {
  document.getElementById('empty-phone').addEventListener('click', () => void empty(subject, wall));
  document.getElementById('remove-phone').addEventListener('click', () => void remove(subject, wall));
  document.getElementById('fault-fields').append(...groups.map(createGroup));
  opener.addEventListener('click', () => openFaults(undefined));
  heal.addEventListener('click', () => void cure());
  const errors = await askErrors();
  rows
    .get('errorCode')
    .input.append(
      ...errors.map(({ code, message }) =>
        make('option', { value: String(code), textContent: `${code} · ${message}` }),
      ),
    );
  update();
};
