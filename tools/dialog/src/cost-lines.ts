import type { DrillCost } from '@stopcovid/drills';

type Cost = Omit<DrillCost, 'drill'> & { readonly drill: string };

const mostShown = 12;

/** Blanks and marks that stand alone would not be seen. */
const visible = (character: string): string =>
  /^[\p{L}\p{N}\p{P}\p{S}]/u.test(character)
    ? character
    : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const whyUcs2 = ({ ucs2, costly }: Cost): string => {
  if (ucs2 === 0) return '';
  const shown = costly.slice(0, mostShown).map(visible);
  return `${ucs2} in UCS-2: ${[...shown, ...(costly.length > mostShown ? ['…'] : [])].join(' ')}`;
};

const sumOf = (costs: readonly DrillCost[], what: 'texts' | 'segments' | 'ucs2'): number =>
  costs.reduce((sum, cost) => sum + cost[what], 0);

/** What all drills of a language come to. */
const together = (costs: readonly DrillCost[]): readonly Cost[] =>
  [...new Set(costs.map(({ language }) => language))].map((language) => {
    const those = costs.filter((cost) => cost.language === language);
    return {
      drill: 'together',
      language,
      texts: sumOf(those, 'texts'),
      segments: sumOf(those, 'segments'),
      ucs2: sumOf(those, 'ucs2'),
      costly: [...new Set(those.flatMap(({ costly }) => costly))],
    };
  });

/** A line per drill and language, and one per language for all of them, in columns. */
export const costLines = (costs: readonly DrillCost[]): readonly string[] => {
  const all: readonly Cost[] = [...costs, ...together(costs)];
  const width = Math.max(...all.map(({ drill }) => drill.length));
  const columnsOf = (cost: Cost): readonly string[] => [
    `  ${cost.drill.padEnd(width)}`,
    cost.language,
    `${String(cost.texts).padStart(3)} texts`,
    `${String(cost.segments).padStart(3)} segments`,
    whyUcs2(cost),
  ];
  return all.map((cost) => columnsOf(cost).join('  ').trimEnd());
};
