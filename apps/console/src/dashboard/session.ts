const place = 'stopcovid.api-key';

/** The key of this tab, for as long as it is open. */
export const keptKey = (): string | null => sessionStorage.getItem(place) || null;
export const keepKey = (key: string): void => sessionStorage.setItem(place, key);
export const forgetKey = (): void => sessionStorage.removeItem(place);

/** Takes a key out of an address that ends in `#key=…`, which the playground links to, and out of the history. */
export const takeKeyFromAddress = (): void => {
  const [, key] = /^#key=(.+)$/.exec(location.hash) ?? [];
  if (key === undefined) return;
  keepKey(decodeURIComponent(key));
  history.replaceState(null, '', '#/overview');
};
