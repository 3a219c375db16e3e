import { parseZone } from '@stopcovid/calendar';
import type { DrillContent, Prompt } from '@stopcovid/contracts';
import { placeholdersOf, type scheduleVariables } from '@stopcovid/sms-copy';
import type { Finding, Path } from '../problem';

type ScheduleVariable = (typeof scheduleVariables)[number];

/** The type that an answer about the schedule has, by its field. No other field takes it. */
const types = { delivery: 'when', timeZone: 'zone' } as const;

const setBy: Readonly<Record<ScheduleVariable, 'when' | 'zone'>> = {
  deliveryDays: 'when',
  preferredTime: 'when',
  timeZone: 'zone',
};

const typeFindings = ({ store }: Prompt, path: Path): readonly Finding[] => {
  if (store === undefined) return [];
  const { field, type } = store;
  const at = [...path, 'store', 'field'];
  const wanted = Object.entries(types).find(([name]) => name === field)?.[1];
  if (wanted !== undefined && wanted !== type)
    return [{ code: 'profile-field', path: at, message: `'${field}' takes the type ${wanted}, not ${type}` }];
  const only = Object.entries(types).find(([, each]) => each === type)?.[0];
  return only === undefined || only === field
    ? []
    : [{ code: 'profile-field', path: at, message: `the type ${type} goes to '${only}', not to '${field}'` }];
};

const zoneFindings = ({ options = [] }: Prompt, path: Path): readonly Finding[] =>
  options.flatMap(({ value, id }, index): Finding[] => {
    const at = [...path, 'options', index];
    const parsed = parseZone(value ?? '');
    const message = parsed.ok ? '' : `the value of the option '${id}' is no time zone: ${parsed.problem}`;
    return parsed.ok ? [] : [{ code: 'zone-value', path: at, message }];
  });

const isChoice = ({ options, key, answers }: Prompt): boolean =>
  options !== undefined || key !== undefined || answers !== undefined;

/** Days and a time are read from words; a zone is the value of an option, and none of them is right or wrong. */
const questionFindings = (prompt: Prompt, path: Path): readonly Finding[] => {
  const odd = (message: string): Finding => ({
    code: 'schedule-question',
    path: [...path, 'store', 'field'],
    message,
  });
  if (prompt.store?.type === 'when')
    return isChoice(prompt) ? [odd('days and a time are read from words: give no options and no key')] : [];
  if (prompt.store?.type !== 'zone') return [];
  if (prompt.options === undefined) return [odd('a zone is chosen from options, each with its value')];
  return prompt.key === undefined ? [] : [odd('no time zone is right or wrong: give no key')];
};

const unsetPlaceholders = (content: DrillContent, index: number): readonly Finding[] => {
  const known = new Set(content.prompts.slice(0, index).map(({ store }) => store?.type));
  const messages = content.prompts[index]?.messages ?? [];
  return messages.flatMap(({ text }, m) =>
    Object.entries(text ?? {}).flatMap(([language, said]) =>
      placeholdersOf(said)
        .filter((name) => isScheduleVariable(name) && !known.has(setBy[name]))
        .map((name): Finding => {
          const message = `{{${name}}} tells what no earlier prompt of this drill asks for`;
          return {
            code: 'placeholder-unset',
            path: ['prompts', index, 'messages', m, 'text', language],
            message,
          };
        }),
    ),
  );
};

const isScheduleVariable = (name: string): name is ScheduleVariable => Object.hasOwn(setBy, name);

/** Whether what a drill asks of the schedule can be understood, stored and read back. */
export const checkSchedule = (content: DrillContent): readonly Finding[] =>
  content.prompts.flatMap((prompt, index) => {
    const path = ['prompts', index];
    return [
      ...typeFindings(prompt, path),
      ...questionFindings(prompt, path),
      ...(prompt.store?.type === 'zone' ? zoneFindings(prompt, path) : []),
      ...unsetPlaceholders(content, index),
    ];
  });
