import { startLoad, stopLoad } from './api.js';
import { drawLine } from './line.js';
import { reasonOf } from './notice.js';

const dialog = document.getElementById('crowd');
const opener = document.getElementById('open-crowd');
const openerText = document.getElementById('open-crowd-text');
const form = document.getElementById('crowd-form');
const complaint = document.getElementById('crowd-complaint');
const result = document.getElementById('crowd-result');
const action = document.getElementById('crowd-action');
const figures = Object.fromEntries(
  [...document.querySelectorAll('[data-figure]')].map((element) => [element.dataset.figure, element]),
);

/** Texts so far, once a second: the slope is the rate. */
let history = [];
let running = false;

const count = (value) => value.toLocaleString();
const duration = (ms) => {
  if (ms === null) return '–';
  return ms < 1_000
    ? `${Math.round(ms)} ms`
    : `${(ms / 1_000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`;
};
const clock = (seconds) => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};
const words = { running: 'Texting', finished: 'Finished', stopped: 'Stopped' };

const value = (name) => form.elements[name].valueAsNumber;
const percent = (name) => value(name) / 100;

const planOf = () => ({
  seed: value('seed'),
  phones: value('phones'),
  durationSeconds: value('durationSeconds'),
  ...(form.elements.pace.value === 'rate' ? { messagesPerSecond: value('messagesPerSecond') } : {}),
  behaviour: {
    code: form.elements.code.value.trim(),
    thinkFromMs: Math.round(value('thinkFrom') * 1_000),
    thinkToMs: Math.round(value('thinkTo') * 1_000),
    typo: percent('typo'),
    wrongWord: percent('wrongWord'),
    ignore: percent('ignore'),
    stop: percent('stop'),
  },
});

/** Another page, or a program, may have started the load: the form tells what is running. */
const showPlan = ({ behaviour, messagesPerSecond, ...plan }) => {
  const { code, thinkFromMs, thinkToMs, ...chances } = behaviour;
  const values = { ...plan, code, thinkFrom: thinkFromMs / 1_000, thinkTo: thinkToMs / 1_000 };
  for (const [name, chance] of Object.entries(chances)) values[name] = Math.round(chance * 1e4) / 100;
  if (messagesPerSecond !== undefined) values.messagesPerSecond = messagesPerSecond;
  for (const [name, shown] of Object.entries(values)) {
    const field = form.elements[name];
    if (field) field.value = shown;
  }
  form.elements.pace.value = messagesPerSecond === undefined ? 'own' : 'rate';
};

const rates = () =>
  history.slice(1).map(({ seconds, texts }, index) => {
    const before = history[index];
    return (texts - before.texts) / Math.max(0.2, seconds - before.seconds);
  });

const remember = ({ seconds, texts }) => {
  const last = history.at(-1);
  if (last && seconds < last.seconds) history = [];
  if (!last || seconds !== last.seconds) history.push({ seconds, texts });
  history = history.slice(-91);
};

const showFigures = (load) => {
  const share = Math.min(1, load.seconds / load.plan.durationSeconds);
  figures.state.textContent = words[load.state];
  figures.clock.textContent = `${clock(load.seconds)} of ${clock(load.plan.durationSeconds)}`;
  figures.progress.value = load.state === 'finished' ? 1 : share;
  figures.texts.textContent = count(load.texts);
  figures.rate.textContent = load.textsPerSecond.toLocaleString();
  figures.accepted.textContent = count(load.accepted);
  figures.failed.textContent = count(load.refused + load.lost);
  figures.failed.parentElement.dataset.bad = String(load.refused + load.lost > 0);
  figures.underWay.textContent = count(load.underWay);
  figures.heard.textContent = count(load.heard);
  figures.heldBack.textContent = count(load.heldBack);
  figures.stops.textContent = count(load.stops);
  figures.p50.textContent = duration(load.replyMs.p50);
  figures.p95.textContent = duration(load.replyMs.p95);
  figures.p99.textContent = duration(load.replyMs.p99);
};

/** Shows how far a load is, here and on the button that opens it. */
export const showLoad = (load) => {
  const wasRunning = running;
  running = load.state === 'running';
  if (running && !wasRunning) showPlan(load.plan);
  opener.dataset.active = String(running);
  openerText.textContent = running ? `${count(load.texts)} texts` : 'Crowd';
  action.textContent = running ? 'Stop' : 'Start';
  action.classList.toggle('danger', running);
  form.querySelectorAll('fieldset').forEach((fieldset) => (fieldset.disabled = running));
  result.dataset.state = load.state;
  if (load.state === 'idle') return;
  remember(load);
  drawLine(figures.line, rates());
  showFigures(load);
};

const act = async () => {
  complaint.hidden = true;
  try {
    if (running) return showLoad(await stopLoad());
    if (!form.reportValidity()) return;
    history = [];
    showLoad(await startLoad(planOf()));
  } catch (error) {
    complaint.textContent = `Nothing was started or stopped: ${reasonOf(error)}.`;
    complaint.hidden = false;
  }
};

export const prepareCrowd = ({ hintCodes }) => {
  const [code] = hintCodes;
  if (code) form.elements.code.value = code;
  opener.addEventListener('click', () => dialog.showModal());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act();
  });
  document.getElementById('crowd-close').addEventListener('click', () => dialog.close());
};
