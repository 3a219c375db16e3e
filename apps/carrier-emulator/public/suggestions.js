const keywords = ['MORE', 'MENU', 'HELP', 'STOP', 'START'];
const optionLine = /^\s*([\p{L}\p{N}]\p{M}*)[).]\s+(\S.*)$/u;

/** The options of a question, as its own text lists them: `a) for 20 seconds`. */
export const optionsIn = (text) =>
  text.split('\n').flatMap((line) => {
    const found = optionLine.exec(line);
    return found ? [{ text: found[1], label: `${found[1]}) ${found[2]}` }] : [];
  });

const plain = (text) =>
  text
    .trim()
    .replace(/[).]+$/, '')
    .toLowerCase();

/** Whether a text of this phone picks one of the options, by its mark or in its words. A text that was lost picks none. */
const picks = (message, options) =>
  message.mine &&
  message.status !== 'failed' &&
  options.some(({ text, label }) =>
    [text, label, label.slice(text.length + 1)].some((said) => plain(said) === plain(message.body)),
  );

const asks = (text) => /[?？؟]/u.test(text) || optionsIn(text).length > 0;
/** Texts write a word that is to be texted back in capitals. */
const invites = (text) => /(?<![\p{L}\p{N}])\p{Lu}{3,}(?![\p{L}\p{N}])/u.test(text);

/** What the service said when it was asked after the last of these texts; what it said before that may have changed. */
const saidOf = (messages, told) => (told && told.at > messages.at(-1).at ? told : undefined);

/**
 * Whether a question is still open, `since` being what came after it. Until one of its options is picked it is, and
 * whether the pick was right is known once something comes back: from the service, where it can be asked, and from what
 * came otherwise. Whoever asks something else, or names a word to text, is done with the question.
 */
const isOpen = (question, { options, since, said, told }) => {
  const pick = since.findLastIndex((message) => picks(message, options));
  const back = since.slice(pick + 1).filter(({ mine }) => !mine);
  if (pick >= 0 && back.length === 0) return false;
  if (said) return said.askedAt !== null && said.askedAt <= question.at;
  if (pick < 0) return true;
  return !told && !back.some(({ body }) => asks(body) || invites(body));
};

/** The options of the question that was asked last, as long as it is open. `told` is what the service holds of the person. */
const openOptions = (messages, told) => {
  const asked = messages.findLastIndex(({ mine, body }) => !mine && optionsIn(body).length > 0);
  if (asked < 0) return [];
  const options = optionsIn(messages[asked].body);
  const about = { options, since: messages.slice(asked + 1), said: saidOf(messages, told), told };
  return isOpen(messages[asked], about) ? options : [];
};

/** What a person may want to text next: options of the open question, codes at the start, keywords always. */
export const suggestions = (messages, { codes, told }) => {
  const greeted = messages.some((message) => !message.mine);
  return [
    ...openOptions(messages, told),
    ...(greeted ? [] : codes.map((code) => ({ text: code, label: code }))),
    ...keywords.map((word) => ({ text: word, label: word, keyword: true })),
  ];
};
