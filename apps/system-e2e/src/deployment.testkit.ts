import { describeConfig, loadConfig, type ConfigClass } from '@stopcovid/runtime';
import { configClasses } from './config-classes.testkit';

const configOf = (app: string): ConfigClass => {
  const found = configClasses.find(({ file }) => file === `apps/${app}/src/config.ts`);
  if (found === undefined) throw new Error(`apps/${app} has no configuration`);
  return found.type;
};

const namesOf = (type: ConfigClass): readonly string[] => describeConfig(type).map(({ name }) => name);

/** What is Node's own, and no setting of ours. */
const nodes = ['NODE_OPTIONS'];

/** What is wrong with the environment that an app would be started with; nothing where it would start and read all of it. */
export const problemsIn = (app: string, environment: Readonly<Record<string, string>>): readonly string[] => {
  const type = configOf(app);
  const known = [...namesOf(type), ...nodes];
  const strays = Object.keys(environment).filter((name) => !known.includes(name));
  try {
    loadConfig(type, environment);
    return strays.map((name) => `${name} is no setting of ${app}`);
  } catch (error) {
    return [String(error)];
  }
};
