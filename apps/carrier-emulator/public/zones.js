const offered = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'Europe/London',
  'Africa/Lagos',
  'Asia/Kolkata',
  'Asia/Phnom_Penh',
  'Pacific/Auckland',
];

const hourMs = 3_600_000;
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const formats = new Map();

const formatOf = (zone, fields) => {
  const key = JSON.stringify([zone, fields]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...fields }));
  return formats.get(key);
};

/** America/New_York as people say it. */
export const cityOf = (zone) => zone.split('/').at(-1).replaceAll('_', ' ');

/** "Mon 09:00" by the clock of a zone; without one by this browser's, which needs no day. */
export const timeIn = (zone, at) =>
  formatOf(zone, zone === undefined ? time : { weekday: 'short', ...time }).format(new Date(at));

/** "Mon, 30 Nov, 09:00" by the clock of a zone. */
export const dateIn = (zone, at) =>
  formatOf(zone, { weekday: 'short', day: 'numeric', month: 'short', ...time }).format(new Date(at));

const wallOf = (zone, at) => {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' };
  const parts = formatOf(zone, { ...fields, hourCycle: 'h23' }).formatToParts(new Date(at));
  const { year, month, day, hour, minute } = Object.fromEntries(
    parts.map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(year, month - 1, day, hour, minute);
};

/** The instant of nine o'clock on the morning after this one, by the clock of a zone. */
export const nineTomorrow = (zone, at) => {
  const tomorrow = new Date(wallOf(zone, at) + 24 * hourMs);
  const nine = tomorrow.setUTCHours(9, 0, 0, 0);
  const guess = nine - (wallOf(zone, at) - Math.floor(at / 60_000) * 60_000);
  // Clocks may change in the night between.
  return guess + (nine - wallOf(zone, guess));
};

/** Lets a zone be chosen; while it is being chosen nothing changes under the finger. */
export const showZones = (select, { zone, choose, label }) => {
  select.onchange = () => choose(select.value);
  if (select.value === (zone ?? '') && select.length > 0) return;
  if (document.activeElement === select && select.length > 0) return;
  const zones = zone === null || offered.includes(zone) ? offered : [zone, ...offered];
  const options = zones.map((each) => new Option(cityOf(each), each, false, each === zone));
  if (zone === null) options.unshift(new Option('zone unknown', '', true, true));
  select.replaceChildren(...options);
  select.setAttribute('aria-label', label);
};
