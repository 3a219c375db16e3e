import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './root.testkit';
import { problemsIn } from './deployment.testkit';

type Service = {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
};
const { services } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};

/** A value as compose fills it in where nothing is set outside. */
const filled = (value: string): string => value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
const environmentOf = ({ environment = {} }: Service) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(String(value))]));

const apps = Object.entries(services).flatMap(([name, service]) => {
  const [, app] = /^apps\/([\w-]+)\/dist\/main\.js$/.exec(service.command?.[0] ?? '') ?? [];
  return app === undefined ? [] : [{ name, app, service }];
});

describe('the compose file', () => {
  it('has the four services and the emulator', () =>
    expect(apps.map(({ app }) => app).sort()).toEqual([
      'carrier-emulator',
      'dialog-engine',
      'progress-tracker',
      'sms-ingress',
      'sms-sender',
    ]));

  it.each(apps)('gives $name settings with which it starts, and no others', ({ app, service }) =>
    expect(problemsIn(app, environmentOf(service))).toEqual([]),
  );

  it.each(apps)('has $name asked whether it is ready by a program that its image has', ({ service }) =>
    expect(service.healthcheck?.test.slice(0, 3)).toEqual(['CMD', '/usr/local/bin/node', '-e']),
  );

  it('takes every image from where a variable says, so that a mirror is named in one place', () => {
    const images = Object.entries(services).map(([name, { image }]) => [
      name,
      /^\$\{(\w+):-[^}]+\}$/.exec(image)?.[1],
    ]);
    expect(Object.fromEntries(images)).toMatchObject({ kafka: 'KAFKA_IMAGE', mongo: 'MONGO_IMAGE' });
    const ours = images.filter(([name]) => name !== 'kafka' && name !== 'mongo');
    expect(new Set(ours.map(([, variable]) => variable))).toEqual(new Set(['IMAGE']));
  });

  it('starts nothing before what it waits for is there', () => {
    const waits = Object.values(services).flatMap(({ depends_on = {} }) => Object.keys(depends_on));
    expect(waits.filter((name) => services[name] === undefined)).toEqual([]);
    expect(services['sms-sender']?.depends_on).toEqual({
      topics: { condition: 'service_completed_successfully' },
    });
  });
});
