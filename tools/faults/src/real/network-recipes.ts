import type { Link, LinkFault } from './link';
import { oneOf } from './seeded';
import { afterOutageMs, allNodes, wait, workedAgain, type Recipe, type Scene } from './scene';

const linksOf = ({ system }: Scene): readonly Link[] =>
  allNodes(system).flatMap(({ kafka, mongo }) => [kafka, mongo]);

const spoilt = async (links: readonly Link[], fault: LinkFault, forMs: number): Promise<void> => {
  await Promise.all(links.map((link) => link.spoil(fault)));
  await wait(forMs);
  await Promise.all(links.map((link) => link.heal()));
};

const cutLinks: Recipe = {
  name: 'cut-links',
  say: 'connections reset at random for six seconds',
  short: true,
  run: async (scene) => {
    const links = linksOf(scene);
    for (let cut = 0; cut < 30; cut += 1) {
      oneOf(scene.random, links).cut();
      await wait(scene.random() * 400);
    }
    return workedAgain(scene, afterOutageMs);
  },
};

const silentLinks: Recipe = {
  name: 'silent-links',
  say: "an engine's way to Kafka and a sender's and a tracker's to the database lose everything for a while",
  short: true,
  run: async (scene) => {
    const { engines, senders, trackers, sessionMs } = scene.system;
    const links = [
      oneOf(scene.random, engines).kafka,
      oneOf(scene.random, senders).mongo,
      oneOf(scene.random, trackers).mongo,
    ];
    await spoilt(links, { kind: 'silent', towards: 'both' }, sessionMs + 2_000);
    return workedAgain(scene, afterOutageMs);
  },
};

const oneWay = (towards: 'server' | 'client'): Recipe => ({
  name: `one-way-to-${towards}`,
  say: `one link of each consumer loses what goes to the ${towards}`,
  short: false,
  run: async (scene) => {
    const { engines, senders, trackers, sessionMs } = scene.system;
    const links = [engines, senders, trackers].map((nodes) => {
      const { kafka, mongo } = oneOf(scene.random, nodes);
      return oneOf(scene.random, [kafka, mongo]);
    });
    await spoilt(links, { kind: 'silent', towards }, sessionMs + 3_000);
    return workedAgain(scene, afterOutageMs);
  },
});

const slowLinks: Recipe = {
  name: 'slow-links',
  say: 'every link is slow and uneven for fifteen seconds',
  short: false,
  run: async (scene) => {
    await spoilt(linksOf(scene), { kind: 'slow', delayMs: 20, jitterMs: 150 }, 15_000);
    return workedAgain(scene, afterOutageMs);
  },
};

const refusedLinks: Recipe = {
  name: 'refused-links',
  say: 'all ways to Kafka are refused for ten seconds, then all to the database',
  short: false,
  run: async (scene) => {
    const nodes = allNodes(scene.system);
    const refuse: LinkFault = { kind: 'refuse' };
    await spoilt(
      nodes.map(({ kafka }) => kafka),
      refuse,
      10_000,
    );
    await spoilt(
      nodes.map(({ mongo }) => mongo),
      refuse,
      10_000,
    );
    return workedAgain(scene, afterOutageMs);
  },
};

/** Faults of the network between a service and a server. */
export const networkRecipes: readonly Recipe[] = [
  cutLinks,
  silentLinks,
  oneWay('server'),
  oneWay('client'),
  slowLinks,
  refusedLinks,
];
