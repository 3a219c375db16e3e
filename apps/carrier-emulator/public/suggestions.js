const keywords = ['MORE', 'MENU', 'HELP', 'STOP', 'START'];
const optionLine = /^\s*([\p{L}\p{N}]\p{M}*)[).]\s+(\S.*)$/u;

/** The options of a question, as its own text lists them: `a) for 20 seconds`. */
export const optionsIn = (text) =>
  text.split('\n').flatMap((line) => {
    const found = optionLine.exec(line);
    return found ? [{ text: found[1], label: `${found[1]}) ${found[2]}` }] : [];
  });

/** What has come since this phone last wrote. */
const unanswered = (messages) => messages.slice(messages.findLastIndex((message) => message.mine) + 1);

/** What a person may want to text next: options of the question asked last, codes at the start, keywords always. */
export const suggestions = (messages, codes) => {
  const asked = unanswered(messages).map((message) => optionsIn(message.body));
  const options = asked.findLast((each) => each.length > 0) ?? [];
  const greeted = messages.some((message) => !message.mine);
  return [
    ...options,
    ...(greeted ? [] : codes.map((code) => ({ text: code, label: code }))),
    ...keywords.map((word) => ({ text: word, label: word, keyword: true })),
  ];
};
