import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

export type Options = {
  /** A folder with up.sh, down.sh, load.sh and image.py: a cluster of its own for this run. */
  readonly clusterTool?: string;
  /** NAME:TAG of the engine. */
  readonly image: string;
  /** Files with values for the demo's servers. */
  readonly values: readonly string[];
  readonly textsPerSecond: number;
  readonly kafkaAwayMinutes: number;
  /** The steps whose names have one of these words, beside those that all others need; all where there are none. */
  readonly only: readonly string[];
};

const help = `
The cluster is the one of KUBECONFIG, which must have the image (kind load docker-image, k3d image import) and be able to
pull Kafka's and MongoDB's, or get others named by --values. kubectl is that of KUBECTL_BIN or PATH; Helm that of
HELM_BIN or PATH, else it is downloaded. Everything happens in a namespace of its own, which goes afterwards.

  docker build -t stopcovid-dialog-engine:0.1.0 . && kind load docker-image stopcovid-dialog-engine:0.1.0
  KUBECONFIG=~/.kube/config npm run test:chart

Without a cluster nothing is tried: that is said, and the exit code is 0; 1 means that a step failed, or took too long.`;

const rate = (text: string): number => {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('a number above 0');
};

const named = (text: string): string => {
  if (/^.+:[^:/]+$/.test(text)) return text;
  throw new InvalidArgumentError('it takes a name and a tag, such as stopcovid-dialog-engine:0.1.0');
};

/** Reads the command line; ends the process where it asks for help or cannot be understood. */
export const readOptions = (args: readonly string[]): Options =>
  new Command('npm run test:chart --')
    .description('Installs the charts on a real cluster, upgrades, rolls back and breaks them under load.')
    .option(
      '--cluster-tool <folder>',
      'starts its own cluster by up.sh, image.py, load.sh and down.sh',
      (at) => resolve(process.env['INIT_CWD'] ?? '.', at),
    )
    .option('--image <name:tag>', "the engine's image", named, 'stopcovid-dialog-engine:0.1.0')
    .option(
      '--values <file>',
      "values for the demo's servers",
      (file, all: readonly string[]) => [...all, resolve(process.env['INIT_CWD'] ?? '.', file)],
      [],
    )
    .option('--texts-per-second <number>', 'how much people text while it is upgraded', rate, 10)
    .option('--kafka-away-minutes <number>', 'how long Kafka is away when that is tried', rate, 1)
    .option(
      '--only <words>',
      'steps whose names have these words; again for more',
      (words, all: readonly string[]) => [...all, words],
      [],
    )
    .addHelpText('after', help)
    .parse(args, { from: 'user' })
    .opts<Options>();
