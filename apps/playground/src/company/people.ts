import { languageSchema, phoneSchema, type Language, type Phone } from '@stopcovid/contracts';
import type { Random } from '@stopcovid/carrier-emulator';

/** Somebody of the made-up company: what the employer's list says, and what they are like. */
export type Person = {
  readonly phone: Phone;
  readonly name: string;
  readonly language: Language;
  readonly unitId: string;
  /** How much they know, about 0 with a spread of 1. */
  readonly ability: number;
  /** The chance that they answer a question as it comes, from 0 to 1. */
  readonly diligence: number;
  /** The chance that they leave at a drill by STOP. */
  readonly leaving: number;
  /** Weekdays by which their unit is later than the first. */
  readonly laterBy: number;
};

type Unit = {
  readonly unitId: string;
  readonly people: number;
  readonly diligence: number;
  readonly spanish: number;
};

const units: readonly Unit[] = [
  { unitId: 'housekeeping', people: 170, diligence: 0.965, spanish: 0.55 },
  { unitId: 'kitchen', people: 120, diligence: 0.93, spanish: 0.45 },
  { unitId: 'restaurant', people: 90, diligence: 0.95, spanish: 0.2 },
  { unitId: 'front-desk', people: 60, diligence: 0.985, spanish: 0.1 },
  { unitId: 'maintenance', people: 35, diligence: 0.9, spanish: 0.4 },
  { unitId: 'spa', people: 25, diligence: 0.975, spanish: 0.15 },
];

const names: Readonly<Record<string, readonly string[]>> = {
  en: ['Ann', 'Ben', 'Carla', 'Dev', 'Ella', 'Frank', 'Grace', 'Henry', 'Ivy', 'Jamal', 'Kim', 'Leo'],
  es: ['Alma', 'Bruno', 'Celia', 'Diego', 'Elena', 'Felipe', 'Gloria', 'Hugo', 'Ines', 'Jorge', 'Lucia'],
  fr: ['Amina', 'Bakary', 'Chloe', 'Djibril', 'Emilie', 'Fabrice'],
};

/* Numbers of an area that there is not: no text is made for them. */
const phoneOf = (index: number): Phone => phoneSchema.parse(`+1555${2_000_000 + index}`);

/** About normal, with a mean of 0 and a spread of 1. */
export const bell = (random: Random): number =>
  random() + random() + random() + random() - 2 + (random() - 0.5);

export const oneOf = <T>(things: readonly T[], random: Random): T => {
  const thing = things[Math.floor(random() * things.length)];
  if (thing === undefined) throw new Error('there is nothing to choose from');
  return thing;
};

const languageOf = ({ spanish }: Unit, random: Random): string => {
  const drawn = random();
  if (drawn < spanish) return 'es';
  return drawn > 0.94 ? 'fr' : 'en';
};

/** Everybody who works there; the same sequence of numbers gives the same people. */
export const peopleOf = (random: Random): readonly Person[] =>
  units
    .flatMap((unit, laterBy) => Array.from({ length: unit.people }, () => ({ unit, laterBy: laterBy % 3 })))
    .map(({ unit, laterBy }, index) => {
      const language = languageOf(unit, random);
      return {
        phone: phoneOf(index),
        name: oneOf(names[language] ?? [], random),
        language: languageSchema.parse(language),
        unitId: unit.unitId,
        ability: 1.5 * bell(random),
        diligence: random() < 0.06 ? 0.5 : unit.diligence,
        leaving: 0.008,
        laterBy,
      };
    });
