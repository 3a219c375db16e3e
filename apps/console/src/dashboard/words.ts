const whole = new Intl.NumberFormat('en');

const amount = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/* What a segment costs is a fraction of the least coin. */
const fraction = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** An amount in the currency of the service, which has no name. */
export const money = (value: number): string => (Math.abs(value) < 1 ? fraction : amount).format(value);

/** From so many on a share is said in percent. */
export const enoughForShare = 5;

export const count = (value: number): string => whole.format(value);

/** A share in whole percent, without pretending all or none where it is not. */
export const percent = (part: number, of: number): string => {
  const share = (100 * part) / of;
  if (share > 0 && share < 1) return 'under 1%';
  if (share < 100 && share > 99) return 'over 99%';
  return `${Math.round(share)}%`;
};

/** How many of how many, with the share where enough stand behind it. */
export const shareOf = (part: number, of: number): string =>
  of < enoughForShare ? `${count(part)} of ${count(of)}` : percent(part, of);

const forms = {
  text: 'texts',
  segment: 'segments',
  reminder: 'reminders',
  drill: 'drills',
  run: 'runs',
  person: 'people',
  answer: 'answers',
  reply: 'replies',
  day: 'days',
} as const;

/** A count with its noun. */
export const counted = (value: number, noun: keyof typeof forms): string =>
  `${count(value)} ${value === 1 ? noun : forms[noun]}`;

const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** One, two and three. */
export const listed = (words: readonly string[]): string => and.format(words);

const dayMs = 86_400_000;
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const longFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** 2026-03-09 as 9 Mar. */
export const shortDay = (day: string): string => dayFormat.format(Date.parse(day));
/** 2026-03-09 as 9 Mar 2026. */
export const longDay = (day: string): string => longFormat.format(Date.parse(day));

const momentFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** 2026-03-09T14:00:00Z as 9 Mar 2026, 15:00, by the clock of who reads it. */
export const longMoment = (at: string): string => momentFormat.format(new Date(at));

/** The day so many days after another. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** The Monday of a week such as 2026-W10. */
export const mondayOf = (week: string): string => {
  const [year = '', number = ''] = week.split('-W');
  const fourth = `${year}-01-04`;
  const weekday = (new Date(fourth).getUTCDay() + 6) % 7;
  return daysAfter(fourth, 7 * (Number(number) - 1) - weekday);
};

/** Hand-washing from hand-washing: a slug as people read it. */
export const readable = (slug: string): string => {
  const words = slug
    .replace(/^\d+[-_](?=.)/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });
export const languageName = (code: string): string => {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
};

/** Seconds as people say them: 40 s, 12 min, 3 h, 2 days. */
export const duration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return counted(Math.round(seconds / 86_400), 'day');
};
