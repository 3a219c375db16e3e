import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchJars, nativeFiles, serverSources, type Say } from '@stopcovid/real-parts';
import { runProgram } from './cluster';
import { root } from './folders';

/** Programs of a folder that starts a cluster: image.py writes an archive from files, load.sh brings it in. */
type Workshop = { readonly folder: string; readonly cache: string; readonly say: Say };

const node = '/usr/local/bin/node';
const apps = [
  'sms-ingress',
  'dialog-engine',
  'sms-sender',
  'progress-tracker',
  'carrier-emulator',
  'console',
];
const nobody = ['--user', '65532:65532'];

type Image = { readonly name: string; readonly archive: string; readonly args: readonly string[] };

const makeImage = ({ folder }: Workshop, { name, archive, args }: Image): Promise<string> =>
  runProgram(join(folder, 'image.py'), [name, archive, ...args]);

const foldersIn = async (group: string): Promise<readonly string[]> =>
  (await readdir(join(root, group))).map((name) => `${group}/${name}`);

const copyIfThere = async (from: string, to: string): Promise<void> => {
  if (existsSync(from)) await cp(from, to, { recursive: true });
};

/** What the Dockerfile's last stage has: production packages, what was built, drills; no sources, no specs. */
const stageApp = async (stage: string): Promise<void> => {
  const folders = (await Promise.all(['apps', 'libs', 'tools'].map(foldersIn))).flat();
  for (const file of [
    'package.json',
    'package-lock.json',
    'LICENSE',
    ...folders.map((dir) => `${dir}/package.json`),
  ])
    await copyIfThere(join(root, file), join(stage, file));
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  await runProgram('npm', ['ci', '--omit=dev', '--ignore-scripts', ...quietly], { cwd: stage });
  await cp(join(root, 'drills'), join(stage, 'drills'), { recursive: true });
  const shipped = [...apps.map((app) => `apps/${app}`), ...(await foldersIn('libs')), 'tools/dialog'];
  for (const dir of shipped)
    for (const part of ['dist', 'public'])
      if (existsSync(join(root, dir, part)))
        await cp(join(root, dir, part), join(stage, dir, part), {
          recursive: true,
          filter: (path) => !/\.spec\.|\.tsbuildinfo$|\.map$/.test(path),
        });
};

/** The engine's image out of what is built here, as the Dockerfile would make it, brought into the cluster. */
const engineImage = async (workshop: Workshop, name: string): Promise<void> => {
  const work = await mkdtemp(join(tmpdir(), 'stopcovid-image-'));
  try {
    const stage = join(work, 'app');
    await mkdir(stage);
    await stageApp(stage);
    const program = ['--binary', `${process.execPath}=${node}`];
    const files = ['--root', `${stage}=/app`, '--workdir', '/app', '--env', 'NODE_ENV=production', ...nobody];
    const archive = join(work, 'engine.tar');
    await makeImage(workshop, { name, archive, args: [...program, ...files, '--', node] });
    await runProgram(join(workshop.folder, 'load.sh'), [archive]);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/* What of Java Kafka and the database use. */
const modules =
  'java.base,java.desktop,java.logging,java.management,java.naming,java.rmi,java.security.jgss,java.security.sasl,' +
  'java.sql,java.xml,jdk.management,jdk.unsupported';

/* As the official image does: settings out of variables, a folder that is formatted once, a broker. */
const kafkaScript = `#!/bin/sh
set -e
mkdir -p /tmp/config
said=$(/jre/bin/java -cp '/jars/*' kafka.docker.KafkaDockerWrapper setup \\
  --default-configs-dir /none --mounted-configs-dir /none --final-configs-dir /tmp/config 2>&1) \\
  || case "$said" in *'already formatted'*) ;; *) echo "$said"; exit 1 ;; esac
exec /jre/bin/java $KAFKA_HEAP_OPTS -cp '/jars/*' kafka.Kafka /tmp/config/server.properties
`;
const clusterId = '5L6g3nShT-eMCtK--X86sw';

const archives = { kafka: 'kafka.tar', mongodb: 'mongodb.tar' } as const;

const makeStandIns = async (workshop: Workshop, folder: string, jars: string): Promise<void> => {
  const jre = join(folder, 'jre');
  const classes = join(folder, 'app');
  await runProgram('jlink', ['--add-modules', modules, '--strip-debug', '--no-man-pages', '--output', jre]);
  await mkdir(classes);
  await runProgram('javac', ['-cp', `${jars}/*`, '-d', classes, ...serverSources()]);
  await writeFile(join(classes, 'kafka.sh'), kafkaScript);
  const java = ['bin/java', 'lib/server/libjvm.so'].flatMap((file) => [
    '--binary',
    `${join(jre, file)}=/jre/${file}`,
  ]);
  const files = ['--root', `${jre}=/jre`, '--root', `${jars}=/jars`, '--root', `${classes}=/app`, ...nobody];
  const shell = ['--binary', '/bin/sh=/bin/sh', '--binary', '/bin/mkdir=/bin/mkdir'];
  const broker = [
    ...shell,
    ...java,
    ...files,
    '--env',
    `CLUSTER_ID=${clusterId}`,
    '--',
    '/bin/sh',
    '/app/kafka.sh',
  ];
  await makeImage(workshop, {
    name: standIns.kafka.image,
    archive: join(folder, archives.kafka),
    args: broker,
  });
  const server = [
    '/jre/bin/java',
    '-Xmx512m',
    '-Dhost=0.0.0.0',
    '-cp',
    '/app:/jars/*',
    'MongoProtocolServer',
    '27017',
  ];
  await makeImage(workshop, {
    name: standIns.mongodb.image,
    archive: join(folder, archives.mongodb),
    args: [...java, ...files, '--', ...server],
  });
};

/** Values of the demo's chart for servers that are made here. */
export const standIns = {
  kafka: { image: 'local/kafka:4.3.1' },
  mongodb: {
    image: 'local/mongodb-protocol-server:1.47.0',
    args: [],
    readinessProbe: { exec: null, tcpSocket: { port: 'mongodb' } },
  },
} as const;

/** A Kafka and a MongoDB-protocol server where no image can be pulled: made once of what they are made of. */
const serverImages = async (workshop: Workshop): Promise<void> => {
  const jars = await fetchJars(join(root, '.cache', 'real-parts'), workshop.say);
  const sources = await Promise.all(
    [join(nativeFiles, 'pom.xml'), ...serverSources(), __filename].map((file) => readFile(file)),
  );
  const hash = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 12);
  const made = join(workshop.cache, hash);
  if (!existsSync(made)) {
    await mkdir(workshop.cache, { recursive: true });
    const partial = await mkdtemp(join(workshop.cache, 'partial-'));
    await makeStandIns(workshop, partial, jars);
    await rename(partial, made);
  }
  await runProgram(
    join(workshop.folder, 'load.sh'),
    Object.values(archives).map((file) => join(made, file)),
  );
};

/** Brings into the cluster of such a folder all images that the tests need. */
export const makeImages = async (folder: string, name: string, say: Say): Promise<void> => {
  const workshop = { folder, cache: join(root, '.cache', 'cluster'), say };
  await serverImages(workshop);
  await engineImage(workshop, name);
};
