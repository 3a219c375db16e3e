/** An error keeps the whole catalogue from being used; a warning does not. */
export type Severity = 'error' | 'warning';

type CodeEntry = { readonly severity: Severity; readonly meaning: string; readonly remedy: string };

const error = (meaning: string, remedy: string): CodeEntry => ({ severity: 'error', meaning, remedy });
const warning = (meaning: string, remedy: string): CodeEntry => ({ severity: 'warning', meaning, remedy });

/** Every code that lint can report, with what it means and what to do; the author's guide prints this table. */
export const problemCodes = {
  'file-unreadable': error(
    'The directory or a file in it cannot be read.',
    'Check that it exists and may be read.',
  ),
  'file-too-large': error(
    'A file is over 256 KiB, or there are over 500 of them.',
    'Split it; a drill is a few kilobytes.',
  ),
  'bad-encoding': error('The file is not UTF-8.', 'Save it as UTF-8.'),
  'bad-yaml': error(
    'The file is neither YAML nor JSON.',
    'Look at the named line, most often at its indentation.',
  ),
  'second-document': warning(
    'A line `---` begins a second document, of which nothing is read.',
    'Put it into a file of its own, or remove the line.',
  ),
  'text-cut-short': warning(
    'A text ends at a ` #`: YAML takes the rest of the line for a comment.',
    'Put the text in quotes, or the comment on a line of its own.',
  ),
  alias: error(
    'The file uses an anchor, an alias, a tag or a merge key.',
    'Write the text out where it is needed.',
  ),
  'wrong-type': error('A value is of another kind than the format asks for.', 'See the field in this guide.'),
  'unknown-field': error('A field has a name that the format does not know.', 'Correct the spelling.'),
  'missing-field': error('A required field is missing.', 'Add it.'),
  'bad-value': error('A value does not fit its field.', 'The message says what it must be.'),
  'empty-text': error('A text, an answer or a message is empty.', 'Write it, or remove it.'),
  'empty-drill': error('A drill has no prompts.', 'Add one, or remove the file.'),
  'max-attempts': error('`maxAttempts` is not a whole number from 1 to 10.', 'Give one try at least.'),
  'pass-mark': error(
    '`passMark` is not a whole number from 1 to 100, or nothing in the drill is graded.',
    'Say how many percent must be right at the first attempt, or remove it.',
  ),
  'no-scale': error(
    '`asks` is of a prompt without a scale, or the drill asks the same twice.',
    'Store one of several options, each with a whole number as its `value`, and grade nothing.',
  ),
  'missing-language': error(
    'A text lacks one of the languages of its drill.',
    'Translate it, or remove the language.',
  ),
  'undeclared-language': error(
    'A text is in a language that the drill does not list.',
    'Add it to `languages`, or correct it.',
  ),
  'languages-disagree': error(
    'Languages differ in the key or in the options.',
    'Make every language ask the same.',
  ),
  'language-without-copy': warning(
    'Our own sentences have no text in this language yet.',
    'Trainees see those in English.',
  ),
  'placeholder-unknown': error(
    'A placeholder has a name that is never filled in.',
    'Use one of the variables in this guide.',
  ),
  'placeholder-malformed': error(
    'Braces that are not a well-formed placeholder.',
    'Write `{{name}}`, or leave the braces out.',
  ),
  'placeholder-unset': warning(
    'A placeholder tells a part of the schedule that no earlier prompt asks for.',
    'Ask for it first, or leave it out.',
  ),
  'text-too-long': error(
    'A text is over 1,600 characters, the most that a carrier takes.',
    'Split it into messages.',
  ),
  'ucs2-surprise': warning(
    'A few characters make the whole text cost more than twice as much.',
    'Replace the characters it names.',
  ),
  'invisible-character': warning(
    'A text has a character that nobody sees, such as a no-break space.',
    'Type it again; they come along with text from a web page or a word processor.',
  ),
  'duplicate-drill': error('Two files hold a drill of the same name.', 'Rename one.'),
  'duplicate-prompt': error('Two prompts have the same name.', 'Rename one: such a drill would never end.'),
  'duplicate-option': error(
    'Two options of a prompt have the same id or the same text.',
    'Make them differ.',
  ),
  'too-many-options': error('A prompt has over 20 options.', 'Nobody reads them in a text message.'),
  'key-unknown': error('The key is not the id of an option.', 'Name one of the options.'),
  'key-and-answers': error(
    'A prompt has both a key and accepted answers.',
    'Use the key with options, the answers without.',
  ),
  'last-prompt-asks': error(
    'The last prompt grades or stores a reply that is never awaited.',
    'Add a closing prompt after it.',
  ),
  'right-option-fails': error(
    'The grader refuses a right answer.',
    'Make the texts of the options more different.',
  ),
  'wrong-option-passes': error(
    'The grader accepts a wrong answer.',
    'Make the texts of the options more different.',
  ),
  'option-misread': error(
    'The grader takes the text of one option for another.',
    'Make the texts of the options more different.',
  ),
  'reserved-word': error(
    'A word of consent or the menu, or a request to stop, is an answer.',
    'It would never arrive as one: say it otherwise.',
  ),
  'opt-in-word': warning(
    'YES is an answer; carriers take it as consent from who opted out.',
    'Prefer another word, or a yes-or-no field.',
  ),
  'language-value': error(
    'An option stores a language that is not one of ours.',
    'Set `value` to a two-letter code.',
  ),
  'zone-value': error(
    'An option stores a time zone that is not one.',
    'Set `value` to the name of a zone by place, such as America/New_York.',
  ),
  'other-answers': error(
    '`other` is said of a prompt that has no use for other answers.',
    'It belongs to options without a key whose answer is stored as a text.',
  ),
  'schedule-question': error(
    'A question about the schedule could not be understood or stored.',
    'Days and times take words, a zone takes options; neither has a key.',
  ),
  'profile-field': error('The answer would go to a field that is not for drills.', 'Choose another name.'),
  'next-unknown': error('`next` names a prompt or an option that does not exist.', 'Correct the name.'),
  'next-backwards': error('`next` goes back, so the drill might never end.', 'Name a later prompt.'),
  'next-outcome': error(
    '`next` names an outcome that this prompt cannot have.',
    'right and wrong are of graded prompts.',
  ),
  'quiet-end': error(
    'A reply ends a drill with `ending: quiet`, and nothing is said to it.',
    'Add a closing prompt, and go there instead of `end`.',
  ),
  'prompt-unreachable': error('No path leads to this prompt.', 'Name it in a `next`, or remove it.'),
  'options-not-shown': warning(
    'A prompt has options, but no message shows them.',
    'Put `{{options}}` into its last message.',
  ),
  'media-insecure': error('Media is neither an https address nor a path in `assets`.', 'Use https.'),
  'media-missing': error('The picture is not in the `assets` folder.', 'Add the file, or correct its name.'),
  'media-type': warning(
    'Phones show png, jpg and gif; this is another kind of file, or a page.',
    'Convert it.',
  ),
  'course-missing': error('There is no `course.yaml`.', 'Add one that names the drills in order.'),
  'course-unknown-drill': error('The course names a drill that does not exist.', 'Correct the name.'),
  'drip-unknown-drill': error('A step of a drip names a drill that does not exist.', 'Correct the name.'),
  'drill-not-in-course': warning(
    'No course, no drip and no keyword leads to this drill.',
    'Add it to `course.yaml`.',
  ),
  'keyword-taken': error(
    'A keyword is already another drill’s, or a word of the system’s own.',
    'Choose another word.',
  ),
  'copy-incomplete': error(
    'A language in which we have no sentences lacks some of them in `copy.yaml`.',
    'Write them all, or leave the language out.',
  ),
  'copy-lacks-placeholder': warning(
    'A sentence in `copy.yaml` leaves out what ours tells with a placeholder.',
    'Put it in: nobody else tells it.',
  ),
  'copy-word-unheard': error(
    'A word in `copy.yaml` that trainees are invited to text means nothing, or something else.',
    'Take one that means it: docs/drills.md lists them.',
  ),
  'copy-costs-more': warning(
    'A sentence in `copy.yaml` takes over two segments, and more than ours.',
    'Shorten it.',
  ),
  'schedule-unlikely': warning(
    'The schedule says something that is probably not meant.',
    'Read it again; the message says what looks wrong.',
  ),
} as const satisfies Readonly<Record<string, CodeEntry>>;

/** The name of one kind of problem. */
export type ProblemCode = keyof typeof problemCodes;
