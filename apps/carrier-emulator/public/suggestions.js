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

/**
 * The options of the question that was asked last, as long as none of them was picked. Other texts, and texts that
 * were lost on their way, leave it open.
 */
const openOptions = (messages) => {
  const asked = messages.findLastIndex(({ mine, body }) => !mine && optionsIn(body).length > 0);
  if (asked < 0) return [];
  const options = optionsIn(messages[asked].body);
  return messages.slice(asked + 1).some((message) => picks(message, options)) ? [] : options;
};

/** What a person may want to text next: options of the open question, codes at the start, keywords always. */
export const suggestions = (messages, codes) => {
  const greeted = messages.some((message) => !message.mine);
  return [
    ...openOptions(messages),
    ...(greeted ? [] : codes.map((code) => ({ text: code, label: code }))),
    ...keywords.map((word) => ({ text: word, label: word, keyword: true })),
  ];
};
