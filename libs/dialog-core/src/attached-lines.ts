/** What phones write below a message, in the languages in which they write it. Lower case. */
const signatures: readonly string[] = [
  'sent from my',
  'sent from ',
  'get outlook for',
  'enviado desde mi',
  'enviado desde ',
  'enviado de meu',
  'enviado do meu',
  'obtener outlook',
  'envoyé de mon',
  'envoyé depuis',
  'envoyé à partir',
  'télécharger outlook',
];

/** What stands above a quoted message: `On Monday Ana wrote:`. */
const wrote = ['wrote:', 'escribió:', 'escribio:', 'a écrit :', 'a écrit:', 'escreveu:'];

const rules: readonly string[] = ['--', '__'];
/** Nothing shorter than the shortest of the above can be one of them. */
const shortest = Math.min(...[...signatures, ...wrote].map(({ length }) => length));

const isQuoted = (line: string): boolean => line.startsWith('>');
const endsMessage = (line: string): boolean => {
  if (line.length < shortest) return rules.includes(line);
  const lower = line.toLowerCase();
  return (
    lower.startsWith('-----original message') ||
    signatures.some((start) => lower.startsWith(start)) ||
    wrote.some((end) => lower.endsWith(end))
  );
};

/** A message without signature lines and quoted messages; as it is where nothing else would be left. */
export const withoutAttachments = (text: string): string => {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => endsMessage(line.trim()));
  const own = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !isQuoted(line.trim()));
  const left = own.length === lines.length ? text : own.join('\n');
  return left.trim() === '' ? text : left;
};
