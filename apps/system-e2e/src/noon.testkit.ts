/* None of them changes its clocks, and together they leave nobody further than two hours from noon. */
const zones = [
  'Pacific/Honolulu',
  'America/Phoenix',
  'America/Bogota',
  'America/Cayenne',
  'Africa/Abidjan',
  'Asia/Dubai',
  'Asia/Bangkok',
  'Asia/Tokyo',
  'Pacific/Efate',
] as const;

const noon = 12 * 60;

/** The time of day there, `HH:MM`, as schedules write it. */
export const timeIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);

/** The date there, as ISO 8601 has it. */
export const dateIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);

const minutesFromNoon = (timeZone: string, at: Date): number => {
  const [hours = 0, minutes = 0] = timeIn(timeZone, at).split(':').map(Number);
  return Math.abs(hours * 60 + minutes - noon);
};

/** A time zone in which the edges of the day are far. */
export const zoneAtNoon = (at: Date): string =>
  [...zones].sort((one, other) => minutesFromNoon(one, at) - minutesFromNoon(other, at))[0]!;
