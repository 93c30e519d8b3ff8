import * as z from 'zod';
import { checkDigit } from '#shared/domain/iin.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';
import { Texts } from '#shared/domain/texts.ts';

/** Whether something is done with the data, and to whom or where. */
const Passing = z.strictObject({ given: z.boolean(), whom: Texts.optional() });

/**
 * What a consent has to name (law 94-V of 21 May 2013, art. 8(4), DOMAIN 3.9), besides the person, who is named by the form,
 * and the list of data, which is what the round asks for.
 */
export const ConsentTerms = z.strictObject({
  operator: Texts,
  /** Business identification number of the operator; it has the checksum of an IIN (DOMAIN 3.3). */
  bin: z.string().regex(/^\d{12}$/),
  /** Until when the consent holds. */
  until: Texts,
  thirdParties: Passing,
  crossBorder: Passing,
  publication: Passing,
  /** Data that is collected beside the form and its documents. */
  otherData: Texts.optional(),
});
export type ConsentTerms = z.infer<typeof ConsentTerms>;

/** A round is opened only with a consent that names everything; files from before still read. */
export const consentRules = ({ consent }: Readable): Broken[] => {
  if (!consent) return [];
  const { terms } = consent;
  if (!terms) return [{ path: ['consent'], message: 'round-file.consent-terms' }];
  const digits = Array.from(terms.bin, Number);
  const bin =
    checkDigit(digits) === digits[11]
      ? []
      : [{ path: ['consent', 'terms', 'bin'], message: 'round-file.bin' }];
  const passings = ['thirdParties', 'crossBorder', 'publication'] as const;
  const unnamed = passings.filter((name) => terms[name].given && !terms[name].whom);
  return [
    ...bin,
    ...unnamed.map((name) => ({ path: ['consent', 'terms', name], message: 'round-file.consent-whom' })),
  ];
};
