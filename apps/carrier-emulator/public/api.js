const base = 'emulator/api';

const call = async (method, path, body) => {
  const response = await fetch(`${base}/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error([answer?.message ?? response.statusText].flat().join('; '));
  return answer;
};

const faultsOf = (number) => `phones/${encodeURIComponent(number)}/faults`;

export const about = () => call('GET', 'about');
export const addPhone = () => call('POST', 'phones', {});
export const sendText = (from, text) => call('POST', 'texts', { from, text });
export const askErrors = () => call('GET', 'errors');
export const changeSettings = (settings) => call('PUT', 'settings', settings);
export const changePhoneFaults = (number, faults) => call('PUT', faultsOf(number), faults);
export const healPhone = (number) => call('DELETE', faultsOf(number));
export const removePhone = (number) => call('DELETE', `phones/${encodeURIComponent(number)}`);
export const emptyPhone = (number) => call('DELETE', `phones/${encodeURIComponent(number)}/messages`);
export const startLoad = (plan) => call('POST', 'load', plan);
export const askClock = () => call('GET', 'clock');
export const moveClock = (to) => call('PUT', 'clock', { to });
export const setZone = (phone, zone) => call('PUT', 'zones', { phone, zone });
export const askCompany = () => call('GET', 'company');
export const fillCompany = () => call('POST', 'company');
export const stopLoad = () => call('DELETE', 'load');

const types = ['wall', 'phone', 'removal', 'refusal', 'message', 'settings', 'load', 'trainees'];
/* The emulator says something every 15 seconds at least: who hears nothing for longer is cut off without knowing. */
const silenceMs = 40_000;
const againMs = 2_000;

/** Tells `heard` of the wall and of each change after it, and `state` how the connection is. */
export const watch = (heard, state) => {
  const source = new EventSource(`${base}/events`);
  let silence;
  const startAnew = (inMs) => {
    clearTimeout(silence);
    source.close();
    state('lost');
    setTimeout(() => watch(heard, state), inMs);
  };
  const hear = () => {
    clearTimeout(silence);
    silence = setTimeout(() => startAnew(0), silenceMs);
    state('connected');
  };
  for (const type of types)
    source.addEventListener(type, (event) => {
      hear();
      heard[type](JSON.parse(event.data));
    });
  source.addEventListener('heartbeat', hear);
  source.addEventListener('open', hear);
  // A browser waits longer and longer, and gives up for good when the address once answers with an error.
  source.addEventListener('error', () => startAnew(againMs));
};
