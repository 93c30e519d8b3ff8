/**
 * What people call the device behind a browser's long description of itself: `Chrome, Android`. Only for its owner
 * to recognise it, so a guess is good enough; what is not known is left out.
 */
export const deviceName = (userAgent: string): string =>
  [nameIn(userAgent, browsers), nameIn(userAgent, systems)].filter((name) => name !== undefined).join(', ');

/** In this order: most browsers also claim to be the ones below them. */
const browsers = [
  ['YaBrowser/', 'Yandex Browser'],
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Macintosh', 'Mac'],
  ['Linux', 'Linux'],
] as const;

const nameIn = (
  text: string,
  names: readonly (readonly [mark: string, name: string])[],
): string | undefined => names.find(([mark]) => text.includes(mark))?.[1];
