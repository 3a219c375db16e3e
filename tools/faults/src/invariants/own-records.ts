import type { Phone } from '@stopcovid/contracts';

/** What belongs to each phone, in the order in which it came; looks at each once, however many phones there are. */
export const byPhone = <T>(
  items: readonly T[],
  phoneOf: (item: T) => Phone,
): ReadonlyMap<Phone, readonly T[]> => {
  const own = new Map<Phone, T[]>();
  for (const item of items) {
    const phone = phoneOf(item);
    const others = own.get(phone);
    if (others === undefined) own.set(phone, [item]);
    else others.push(item);
  }
  return own;
};
