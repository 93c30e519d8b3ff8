import * as z from 'zod';
import { LetterFacts, LetterTemplate } from '#shared/domain/letter-template.ts';
import { readPhone } from '#shared/domain/phone.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Fault } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How somebody without a mailbox got a letter. */
export const HandOverWay = z.enum(['in-person', 'post', 'phone']);
export type HandOverWay = z.infer<typeof HandOverWay>;

/** A letter to somebody without a mailbox, as it would have been mailed: ids, codes and moments, to be written out when it is read. */
export const KeptLetter = z.object({
  /** The id of its outbox row. */
  letter: z.string(),
  template: LetterTemplate,
  facts: LetterFacts,
  keptAt: Instant,
  handedOver: z.object({ at: Instant, way: HandOverWay }).optional(),
});
export type KeptLetter = z.infer<typeof KeptLetter>;

/** Key in the `list` index: everybody for whom the desk acts. */
export const assistedPeople = 'ASSISTED-PEOPLE';

/** What the desk knows of somebody whom it enters. At least one way to reach them. */
export type Contact = { name: string; locale: Locale; phone?: string; address?: string };

/** Texts as they were typed; a text of blanks is none. */
export const readContact = (typed: {
  name: string;
  phone: string;
  address: string;
  locale: string;
}): Result<Contact, Fault[]> => {
  const [name, phone, address] = [typed.name, typed.phone, typed.address].map((text) => text.trim());
  const locale = Locale.safeParse(typed.locale);
  const number = phone ? readPhone(phone) : undefined;
  const faults = [
    ...(name ? tooLong('name', name, 120) : [{ place: 'name', message: 'desk.fault.name' }]),
    ...(phone && !number ? [{ place: 'phone', message: 'desk.fault.phone' }] : []),
    ...(phone || address ? [] : [{ place: 'phone', message: 'desk.fault.contact' }]),
    ...tooLong('address', address ?? '', 300),
    ...(locale.success ? [] : [{ place: 'locale', message: 'desk.fault.locale' }]),
  ];
  if (faults.length > 0 || !name || !locale.success) return refuse(faults);
  return ok({ name, locale: locale.data, ...(number && { phone: number }), ...(address && { address }) });
};

const tooLong = (place: string, text: string, limit: number): Fault[] =>
  text.length > limit ? [{ place, message: 'desk.fault.long', facts: { limit } }] : [];
