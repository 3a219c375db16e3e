/**
 * A placeholder with what joins it to its sentence: at the start of a line what follows, elsewhere what precedes it.
 * Anything between double braces counts as one, so that `{{7*7}}` is found and refused by lint rather than sent.
 */
const placeholder = /(^|\n)\{\{([^{}]*)\}\}(,? ?)|(,? ?)\{\{([^{}]*)\}\}/g;

/** What tells a trainee their own schedule, from what they said of it. */
export const scheduleVariables = ['deliveryDays', 'preferredTime', 'timeZone'] as const;

/** What the text of a drill may ask for: `name`, `company` and the schedule are the trainee's, the others the prompt's. */
export const templateVariables: readonly string[] = [
  'name',
  'company',
  'options',
  'position',
  'of',
  ...scheduleVariables,
];

/** The names asked for by a template, in order, each once, trimmed. */
export const placeholdersOf = (template: string): readonly string[] => [
  ...new Set([...template.matchAll(placeholder)].map((match) => (match[2] ?? match[5] ?? '').trim())),
];

const valueOf = (variables: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(variables, name) ? (variables[name] ?? '') : '';

/**
 * Fills in `{{name}}` and the like in one pass: a value is text, and braces in it stay as they are. A value that is
 * empty or unknown leaves nothing, with the blank and the comma that joined it: `Hi, {{name}}!` becomes `Hi!`.
 */
export const renderTemplate = (template: string, variables: Readonly<Record<string, string>>): string =>
  template.replace(placeholder, (_match, ...groups: readonly (string | undefined)[]) => {
    const [start = '', first, after = '', before = '', later] = groups;
    const value = valueOf(variables, (first ?? later ?? '').trim());
    return value === '' ? start : start + before + value + after;
  });
