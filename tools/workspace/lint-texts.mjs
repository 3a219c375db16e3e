import { ESLint } from 'eslint';

/* Reads [{ file, text }] from standard input; writes, for each, the rules that refuse it. Jest cannot load ESLint's configuration, a process can. */
let input = '';
for await (const chunk of process.stdin) input += chunk;
const eslint = new ESLint({ cwd: process.cwd() });
const rules = [];
for (const { file, text } of JSON.parse(input)) {
  const [result] = await eslint.lintText(text, { filePath: file });
  rules.push(result.messages.map(({ ruleId }) => ruleId));
}
process.stdout.write(JSON.stringify(rules));
