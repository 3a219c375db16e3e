import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describeConfig, type ConfigClass } from '@stopcovid/runtime';
import { root } from './root.testkit';

const sources = ['apps', 'libs', 'tools']
  .flatMap((group) =>
    readdirSync(join(root, group), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(root, group, file),
    ),
  )
  .filter((file) => /\/src\/[^.]+(?!\.spec)\.ts$/.test(file))
  .filter((file) => readFileSync(file, 'utf8').includes('@Setting('));

const isConfigClass = (value: unknown): value is ConfigClass =>
  typeof value === 'function' && 'prototype' in value && describeConfig(value as ConfigClass).length > 0;

/** Every configuration class of the tree, whoever adds one, with its file from the root. */
export const configClasses: readonly { readonly file: string; readonly type: ConfigClass }[] =
  sources.flatMap((file) =>
    Object.values(jest.requireActual<Record<string, unknown>>(file))
      .filter(isConfigClass)
      .map((type) => ({ file: relative(root, file), type })),
  );
