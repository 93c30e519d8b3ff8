import { ApplicationNumber } from '#shared/domain/ids.ts';

/** Who named a partner in the form, in the words that were typed. */
export type Naming = { number: ApplicationNumber; partner: string };

/** A person who applies together with somebody; `partner` where an application of the same list was named by its number. */
export type Pairing = {
  number: ApplicationNumber;
  partner?: ApplicationNumber;
  /** The partner named this application too. */
  isMutual: boolean;
};

/**
 * Who applies together with whom, in the order given. Names are not compared: only a number says for sure who was meant. It changes
 * nothing about who gets what: with couples in the market a stable allocation need not exist (Roth 1984), so none is promised.
 * @param listed every application that may have been meant
 */
export const pairings = (
  named: readonly Naming[],
  listed: ReadonlySet<ApplicationNumber>,
): readonly Pairing[] => {
  const partners = new Map(named.map(({ number, partner }) => [number, numberIn(partner)]));
  return named.map(({ number }) => {
    const partner = partners.get(number);
    if (!partner || partner === number || !listed.has(partner)) return { number, isMutual: false };
    return { number, partner, isMutual: partners.get(partner) === number };
  });
};

/** The first application number in a text, however its letters were typed. */
const numberIn = (text: string): ApplicationNumber | undefined => {
  const found = /KZ\d{2}-\w{4}-\w{4}/.exec(text.toUpperCase().replaceAll(/[‐-―−]/g, '-'));
  return ApplicationNumber.safeParse(found?.[0]).data;
};
