/** A field that was left out is there as `undefined` once the body is a class; it must not wipe out what was set. */
export const given = (body: object): object =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
