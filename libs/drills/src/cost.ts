import type { DrillContent, DrillSlug, Language } from '@stopcovid/contracts';
import { segmentsOf } from '@stopcovid/sms-copy';
import { renderedText } from './rendered-text';

/** What a drill costs in one language: its texts, the segments that carriers charge for, and how many are UCS-2. */
export type DrillCost = {
  readonly drill: DrillSlug;
  readonly language: Language;
  readonly texts: number;
  readonly segments: number;
  readonly ucs2: number;
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
    };
  });
