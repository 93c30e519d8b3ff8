import * as z from 'zod';
import { ApplicationNumber } from '#shared/domain/ids.ts';

/** Who named a partner in the form; `partner` where a number was typed, by which alone it is sure who was meant. */
export const Naming = z.object({ number: ApplicationNumber, partner: ApplicationNumber.optional() });
export type Naming = z.infer<typeof Naming>;

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
  const partners = new Map(named.map(({ number, partner }) => [number, partner]));
  return named.map(({ number }) => {
    const partner = partners.get(number);
    if (!partner || partner === number || !listed.has(partner)) return { number, isMutual: false };
    return { number, partner, isMutual: partners.get(partner) === number };
  });
};

/** What somebody typed of a partner: the first application number in it, however its letters were typed. */
export const namingIn = (number: ApplicationNumber, text: string): Naming => {
  const found = /KZ\d{2}-\w{4}-\w{4}/.exec(text.toUpperCase().replaceAll(/[‐-―−]/g, '-'));
  const partner = ApplicationNumber.safeParse(found?.[0]).data;
  return { number, ...(partner && { partner }) };
};
