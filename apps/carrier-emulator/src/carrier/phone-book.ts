import type { Address } from './message';

/** A phone on the wall. */
export type Phone = { readonly address: Address; readonly name: string };

const firstNames = ['Maria', 'Sokha', 'Daniel', 'Amina', 'Luis', 'Grace', 'Noor', 'Pierre', 'Lucia', 'Ravi'];
const numbersForFiction = 100;

/** The phones that a person looks at. Phones that merely got a text are shown too, while there is room. */
export class PhoneBook {
  readonly #phones = new Map<Address, Phone>();

  constructor(private readonly room: number) {}

  all(): readonly Phone[] {
    return [...this.#phones.values()];
  }

  get(address: Address): Phone | undefined {
    return this.#phones.get(address);
  }

  /** Whether the phone was new and there was room for it. */
  add(phone: Phone): boolean {
    if (this.#phones.has(phone.address) || this.#phones.size >= this.room) return false;
    this.#phones.set(phone.address, phone);
    return true;
  }

  /** A phone with a number from the range kept for fiction, +1 202 555 0100 to 0199, or nothing when all are in use. */
  create(wanted: { readonly address?: Address; readonly name?: string }): Phone | undefined {
    const address = wanted.address ?? this.#freeNumber();
    if (address === undefined) return undefined;
    const phone = { address, name: wanted.name ?? this.nextName() };
    return this.add(phone) ? phone : undefined;
  }

  /** Whether the phone was there. */
  remove(address: Address): boolean {
    return this.#phones.delete(address);
  }

  nextName(): string {
    const index = this.#phones.size;
    const name = firstNames[index % firstNames.length] ?? 'Phone';
    return index < firstNames.length ? name : `${name} ${Math.floor(index / firstNames.length) + 1}`;
  }

  #freeNumber(): Address | undefined {
    // A step of 37 visits all hundred numbers and makes neighbours on the wall easy to tell apart.
    return Array.from(
      { length: numbersForFiction },
      (_, step) => `+120255501${String((43 + step * 37) % numbersForFiction).padStart(2, '0')}`,
    ).find((number) => !this.#phones.has(number));
  }
}
