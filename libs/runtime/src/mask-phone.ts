const kept = 2;

/**
 * A phone as logs may show it: its length and its last two digits, `+•••••••••43`. One that is masked stays so; anything
 * else becomes `•••`.
 */
export const maskPhone = (phone: string): string =>
  /^\+?(?:\d{5,15}|•{3,13}\d\d)$/.test(phone)
    ? phone.slice(0, -kept).replaceAll(/\d/g, '•') + phone.slice(-kept)
    : '•••';

/** The path of a request's address; parts of it that are phone numbers are masked, however their `+` is written. */
export const maskPath = (url: string): string =>
  (url.split('?')[0] ?? '').replace(/(?<=\/)(?:\+|%2[bB])?\d{7,15}(?=\/|$)/g, (found) =>
    maskPhone(found.replace(/^%2b/i, '+')),
  );
