import { Secret } from './secret';
import { type ConfigClass, type SettingType, settingsOf } from './settings';

/** One row of a configuration reference. `default` is `required` or `none` where the class gives no value. */
export type SettingDescription = {
  readonly name: string;
  readonly type: SettingType;
  readonly default: string;
  readonly description: string;
  readonly example: string;
};

const asText = (value: unknown, optional: boolean): string => {
  if (value === undefined) return optional ? 'none' : 'required';
  if (Array.isArray(value)) return value.join(',') || 'none';
  return value instanceof Secret ? '***' : String(value);
};

/** Every setting of a configuration class, parents first. */
export const describeConfig = (type: ConfigClass): readonly SettingDescription[] => {
  const defaults = new type();
  return settingsOf(type).map(({ name, type: kind, description, example, optional }) => ({
    name,
    type: kind,
    default: asText(Reflect.get(defaults, name), optional ?? false),
    description,
    example,
  }));
};

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The configuration reference of a class as a Markdown table, laid out as Prettier leaves it. */
export const configTable = (type: ConfigClass): string => {
  const rows = describeConfig(type).map((row) =>
    [code(row.name), row.type, code(row.default), row.description, code(row.example)].map(cell),
  );
  const table = [['Variable', 'Type', 'Default', 'What it says', 'Example'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(3, ...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[], filler = ' '): string =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`;
  const [head = [], ...body] = table;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n');
};
