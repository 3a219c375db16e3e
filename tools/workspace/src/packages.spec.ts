import { projectsIn, read } from './repository.testkit';

type Locked = {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };

/** Where npm would look for a package that another one asks for: beside it, then further and further up. */
const placesFor = (asking: string, name: string): readonly string[] => {
  const folders = asking.split('/node_modules/');
  return folders
    .map((_, up) => `${folders.slice(0, folders.length - up).join('/node_modules/')}/node_modules/${name}`)
    .concat(`node_modules/${name}`);
};

describe('the lock file', () => {
  it('has an entry for every platform package that one of its packages may need', () => {
    const missing = Object.entries(packages).flatMap(([asking, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !placesFor(asking, name).some((place) => place in packages))
        .map((name) => `${asking} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    expect(
      Object.values(packages).flatMap(({ resolved }) =>
        resolved?.startsWith('http') === true ? [resolved] : [],
      ),
    ).toEqual([]);
  });
});

describe('package.json', () => {
  it('names every version exactly', () => {
    const { dependencies, devDependencies, overrides } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const versions = Object.entries({ ...dependencies, ...devDependencies, ...overrides });
    expect(versions.filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe('tsconfig.json', () => {
  it('refers to every project, so that one build compiles all', () => {
    const { references } = JSON.parse(read('tsconfig.json')) as { references: readonly { path: string }[] };
    const projects = ['apps', 'libs', 'tools'].flatMap(projectsIn);
    expect(references.map(({ path }) => path).sort()).toEqual([...projects].sort());
  });
});
