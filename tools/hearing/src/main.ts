import { writeFileSync } from 'node:fs';
import { compare } from './compare';
import { weightsFile } from './weights-file';
import { train, written } from './train';

const verbs: Readonly<Record<string, () => void>> = {
  train: () => writeFileSync(weightsFile, written(train())),
  compare: () => void process.stdout.write(compare()),
};

const verb = verbs[process.argv[2] ?? ''];
if (verb === undefined) {
  process.stderr.write('Usage: node tools/hearing/dist/main.js train|compare\n');
  process.exitCode = 2;
} else verb();
