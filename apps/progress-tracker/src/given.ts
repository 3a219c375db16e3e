/** The fields that have a value. */
export const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } => {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const name in fields) if (fields[name] !== undefined) Reflect.set(kept, name, fields[name]);
  return kept;
};
