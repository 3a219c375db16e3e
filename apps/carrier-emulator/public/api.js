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
export const startLoad = (plan) => call('POST', 'load', plan);
export const askClock = () => call('GET', 'clock');
export const moveClock = (to) => call('PUT', 'clock', { to });
export const setZone = (phone, zone) => call('PUT', 'zones', { phone, zone });
export const stopLoad = () => call('DELETE', 'load');

/** Tells `heard` of the wall and of each change after it, and `state` how the connection is. */
export const watch = (heard, state) => {
  const source = new EventSource(`${base}/events`);
  for (const type of ['wall', 'phone', 'message', 'settings', 'load'])
    source.addEventListener(type, (event) => heard[type](JSON.parse(event.data)));
  source.addEventListener('open', () => state('connected'));
  source.addEventListener('error', () => {
    state('lost');
    // A browser gives up for good when the address once answers with an error; a restart must not need a reload.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => watch(heard, state), 2_000);
  });
};
