/** The longest body that the carrier takes, in UTF-16 units. */
const longestBody = 1_600;
/** Three full stops: the single character would turn a whole GSM-7 text into UCS-2. */
const ellipsis = '...';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const cut = (text: string): string => {
  if (text.length <= longestBody) return text;
  const room = longestBody - ellipsis.length;
  let kept = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > room) break;
    kept = index + segment.length;
  }
  return text.slice(0, kept).trimEnd() + ellipsis;
};

const loneSurrogate = /\p{Surrogate}/gu;
const control = /(?!\n)\p{Cc}/gu;
/** Marks that turn the direction of what follows them: from a value, they would disorder our own sentence. */
const direction = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as it may be sent: no control characters but line breaks, no broken surrogates, at most 1,600 units. */
export const bodyOf = (text: string): string =>
  cut(text.replace(/\r\n?/g, '\n').replace(control, '').replace(loneSurrogate, '\ufffd').trim());

/** What a person or an employer typed, made fit to stand within a sentence: one line, nothing invisible that acts. */
export const valueIn = (value: string): string =>
  value.replace(/\s+/g, ' ').replace(control, '').replace(direction, '').trim();
