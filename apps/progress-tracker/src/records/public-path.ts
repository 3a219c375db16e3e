/* What of the service the public reaches. */
const isPublic = (path: string): boolean => /^\/(?:records\/|\.well-known\/jwks\.json(?:\?|$))/.test(path);

/**
 * Routes what is asked for under the path of the public address of records to where it is without that path, and anything
 * else as it is: a proxy that takes the path away and one that leaves it both do.
 */
export const underPublicPath = (publicUrl: URL | undefined): ((url: string) => string) => {
  const path = publicUrl?.pathname.replace(/\/$/, '') ?? '';
  return (url) => {
    const below = url.slice(path.length);
    return url.startsWith(path) && isPublic(below) ? below : url;
  };
};
