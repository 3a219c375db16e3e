const base = 'emulator/api';

const call = async (method, path, body) => {
  const response = await fetch(`${base}/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error([answer.message].flat().join('; '));
  return answer;
};

export const about = () => call('GET', 'about');
export const addPhone = () => call('POST', 'phones', {});
export const sendText = (from, text) => call('POST', 'texts', { from, text });
export const changeSettings = (settings) => call('PUT', 'settings', settings);

/** Tells `heard` of the wall and of each change after it, and `state` how the connection is. */
export const watch = (heard, state) => {
  const source = new EventSource(`${base}/events`);
  for (const type of ['wall', 'phone', 'message', 'settings'])
    source.addEventListener(type, (event) => heard[type](JSON.parse(event.data)));
  source.addEventListener('open', () => state('connected'));
  source.addEventListener('error', () => {
    state('lost');
    // A browser gives up for good when the address once answers with an error; a restart must not need a reload.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => watch(heard, state), 2_000);
  });
};
