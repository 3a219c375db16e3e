import type { DrillContent, DrillSlug, Language } from '@stopcovid/contracts';
import { segmentsOf } from '@stopcovid/sms-copy';
import { renderedText } from './rendered-text';

/** What a drill costs in one language: its texts, the segments that carriers charge for, and what makes them more. */
export type DrillCost = {
  readonly drill: DrillSlug;
  readonly language: Language;
  readonly texts: number;
  readonly segments: number;
  /** How many of the texts are UCS-2. */
  readonly ucs2: number;
  /** The characters that make them so, each once, as they come. */
  readonly costly: readonly string[];
};

/** Counts all texts of a drill, of every branch, with names and options filled in; answers to replies are not in it. */
export const costOf = (content: DrillContent): readonly DrillCost[] =>
  content.languages.map((language) => {
    const texts = content.prompts.flatMap((prompt) =>
      prompt.messages.flatMap(({ text }) => {
        const said = text?.[language];
        return said === undefined ? [] : [segmentsOf(renderedText(said, prompt, language))];
      }),
    );
    return {
      drill: content.slug,
      language,
      texts: texts.length,
      segments: texts.reduce((sum, { segments }) => sum + segments, 0),
      ucs2: texts.filter(({ encoding }) => encoding === 'UCS-2').length,
      costly: [...new Set(texts.flatMap(({ costly }) => costly.map(({ character }) => character)))],
    };
  });
