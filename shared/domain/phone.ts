/** Kazakhstan's mobile numbers without country code or trunk prefix (libphonenumber's metadata, DOMAIN 3.4). */
const mobile = /^7(?:0[0-25-8]|47|6[0-4]|7[15-8]|85)\d{7}$/;

/**
 * A mobile number as typed, with `+7` or the trunk prefix `8`, spaces, brackets and hyphens, as E.164
 * (`+77011234567`); undefined when it is none.
 */
export const readPhone = (typed: string): string | undefined => {
  const bare = typed.replaceAll(/[\s()‐-–-]/g, '');
  const national = bare.replace(/^(?:\+7|8|7(?=7\d{9}$))/, '');
  return mobile.test(national) && /^\+?\d+$/.test(bare) ? `+7${national}` : undefined;
};
