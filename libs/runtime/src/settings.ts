import 'reflect-metadata';
import { Secret } from './secret';

/** The class of a configuration: built without arguments, its initial values are the defaults. */
export type ConfigClass<T extends object = object> = new () => T;

export type SettingType = 'text' | 'number' | 'yes or no' | 'list' | 'url' | 'secret';

/** What a setting says about itself; the reference tables in the READMEs are made of it. */
export type SettingOptions = {
  readonly description: string;
  /** A value that works, shown in errors and in the reference. */
  readonly example: string;
  /** True for a setting that may be left out although it has no default. */
  readonly optional?: boolean;
  /** Needed where the compiler cannot see the type: `'list'` for a `readonly string[]`. */
  readonly type?: SettingType;
};

export type DeclaredSetting = Omit<SettingOptions, 'type'> & {
  readonly name: string;
  readonly type: SettingType;
};

const declared = Symbol('settings');

const ownOrInherited = (prototype: object): readonly DeclaredSetting[] =>
  (Reflect.getMetadata(declared, prototype) as readonly DeclaredSetting[] | undefined) ?? [];

const typeOfClass = (type: unknown): SettingType => {
  switch (type) {
    case Number:
      return 'number';
    case Boolean:
      return 'yes or no';
    case Array:
      return 'list';
    case URL:
      return 'url';
    case Secret:
      return 'secret';
    default:
      return 'text';
  }
};

/**
 * Declares an environment variable as a property of a configuration class. The property needs a written type
 * (`PORT: number = 3000`): text, number, boolean, `URL` or `Secret`; for a list, say `type: 'list'`.
 */
export const Setting =
  (options: SettingOptions): PropertyDecorator =>
  (prototype, property) => {
    const name = String(property);
    const type = options.type ?? typeOfClass(Reflect.getMetadata('design:type', prototype, property));
    const others = ownOrInherited(prototype).filter((setting) => setting.name !== name);
    Reflect.defineMetadata(declared, [...others, { ...options, name, type }], prototype);
  };

/** The settings that a class and its parents declare, in the order in which they are written. */
export const settingsOf = (type: ConfigClass): readonly DeclaredSetting[] =>
  ownOrInherited(type.prototype as object);
