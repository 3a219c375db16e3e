/** A version by semver.org, without build metadata: the tag of an image may have no plus sign. */
export type Version = {
  readonly numbers: readonly [number, number, number];
  /** What stands behind the hyphen, by its parts: `rc`, `1`. Empty for a version that is meant for everybody. */
  readonly preRelease: readonly string[];
};

const number = '(0|[1-9]\\d*)';
const identifier = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const form = new RegExp(`^${number}\\.${number}\\.${number}(?:-(${identifier}(?:\\.${identifier})*))?$`);

/** The version that a text names, if it is one: `1.2.3`, `1.2.3-rc.1`; no `v` before it. */
export const versionIn = (text: string): Version | undefined => {
  const [matched, major, minor, patch, preRelease] = form.exec(text) ?? [];
  if (matched === undefined) return undefined;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    preRelease: preRelease?.split('.') ?? [],
  };
};

/** As it is written in files and, behind a `v`, in tags. */
export const written = ({ numbers, preRelease }: Version): string =>
  [numbers.join('.'), ...(preRelease.length > 0 ? [preRelease.join('.')] : [])].join('-');

const isNumber = (part: string): boolean => /^\d+$/.test(part);

const order = (left: string | number, right: string | number): number => {
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

const orderOfParts = (left: string, right: string): number => {
  if (isNumber(left) && isNumber(right)) return order(Number(left), Number(right));
  if (isNumber(left) !== isNumber(right)) return isNumber(left) ? -1 : 1;
  return order(left, right);
};

const orderOfPreReleases = (left: readonly string[], right: readonly string[]): number => {
  if (left.length === 0 || right.length === 0) return order(right.length, left.length);
  const first = left.findIndex((part, at) => right[at] !== part);
  if (first < 0) return order(left.length, right.length);
  return right[first] === undefined ? 1 : orderOfParts(left[first] ?? '', right[first]);
};

/** Below zero where the first is the earlier one, by semver.org's precedence. */
export const compare = (left: Version, right: Version): number => {
  const at = left.numbers.findIndex((each, place) => each !== right.numbers[place]);
  return at < 0
    ? orderOfPreReleases(left.preRelease, right.preRelease)
    : order(left.numbers[at] ?? 0, right.numbers[at] ?? 0);
};

/** What follows a version where nobody says otherwise: its own release after a candidate, else the next minor one. */
export const following = ({ numbers: [major, minor, patch], preRelease }: Version): Version =>
  preRelease.length > 0
    ? { numbers: [major, minor, patch], preRelease: [] }
    : { numbers: [major, minor + 1, 0], preRelease: [] };
