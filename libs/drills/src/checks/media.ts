import type { DrillContent } from '@stopcovid/contracts';
import type { Finding, Path } from '../problem';
import { suggestion } from '../reader';

type Media = { readonly address: string; readonly path: Path };

const mediaOf = (content: DrillContent): readonly Media[] =>
  content.prompts.flatMap((prompt, p) =>
    prompt.messages.flatMap(({ media }, m): Media[] => {
      const path = ['prompts', p, 'messages', m, 'media'];
      if (media === undefined) return [];
      if (typeof media === 'string') return [{ address: media, path }];
      return Object.entries(media).map(([language, address]) => ({ address, path: [...path, language] }));
    }),
  );

/** A path below `assets`: no way up, no hidden files, nothing that needs escaping in an address. */
const plainPath = /^[A-Za-z0-9_-][\w.-]*(?:\/[A-Za-z0-9_-][\w.-]*)*$/;
const shown = /\.(?:png|jpe?g|gif)$/i;

const isHttps = (address: string): boolean => URL.canParse(address) && new URL(address).protocol === 'https:';

const unshown = (address: string, path: Path): Finding => ({
  code: 'media-type',
  path,
  message: `phones show png, jpg and gif: '${address.slice(0, 80)}' may not arrive`,
});

/** An address without an ending may lead to anything; one with another ending leads to no picture. */
const otherKind = (address: string, pathname: string, path: Path): readonly Finding[] =>
  /\.[A-Za-z0-9]{1,5}$/.test(pathname) && !shown.test(pathname) ? [unshown(address, path)] : [];

const judge = ({ address, path }: Media, assets: ReadonlySet<string> | undefined): readonly Finding[] => {
  if (isHttps(address)) return otherKind(address, new URL(address).pathname, path);
  if (!plainPath.test(address))
    return [
      {
        code: 'media-insecure',
        path,
        message: `'${address.slice(0, 80)}' is neither an https address nor a path in assets`,
      },
    ];
  const missing: Finding[] =
    assets === undefined || assets.has(address)
      ? []
      : [
          {
            code: 'media-missing',
            path,
            message: `there is no assets/${address}${suggestion(address, [...assets])}`,
          },
        ];
  return [...missing, ...(shown.test(address) ? [] : [unshown(address, path)])];
};

/** Whether pictures can be fetched by the carrier. `assets` are the files there are, relative to their folder. */
export const checkMedia = (
  content: DrillContent,
  assets: ReadonlySet<string> | undefined,
): readonly Finding[] => mediaOf(content).flatMap((media) => judge(media, assets));
