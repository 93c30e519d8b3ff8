import * as z from 'zod';
import { typedOf } from '#functions/commands/application-reading.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Referee } from '#shared/domain/reference.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/index.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How a referee can be reached, as an applicant types it. */
export const Contact = z.object({
  name: z.string(),
  position: z.string(),
  mail: z.string(),
  relation: z.string(),
  /** Of the letter and its form. */
  locale: Locale,
});
export type Contact = z.infer<typeof Contact>;

/** Who is meant; undefined once it was erased. */
export const contactBehind = async (
  records: Pick<Records, 'document'>,
  referee: Pick<Referee, 'contact'> | undefined,
): Promise<Contact | undefined> => referee && Contact.safeParse(await records.document(referee.contact)).data;

/** As what a referee is told who asks: the name that the applicant typed, else the number. */
export const applicantName = async (records: Records, application: Application): Promise<string> => {
  const { fullName } = await typedOf(records, application);
  return typeof fullName === 'string' ? fullName : application.number;
};

/** Whether nothing was changed. */
export const sameContact = (a: Contact, b: Contact): boolean =>
  Contact.keyof().options.every((name) => a[name] === b[name]);

/** Whether a correction is of the same person. Schools share mailboxes: another name in another position there is somebody else. */
export const samePerson = (before: Contact, after: Contact): boolean =>
  before.mail === after.mail && (before.name === after.name || before.position === after.position);

const most = 200;

const fault = (place: string, message: string): Fault => ({ place, message, facts: { maximum: most } });

const tidy = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

/** What was typed, tidied; every fault at its field. */
export const contactOf = (typed: Contact): Result<Contact, Refusal> => {
  const contact = {
    name: tidy(typed.name),
    position: tidy(typed.position),
    relation: tidy(typed.relation),
    mail: typed.mail.trim().toLowerCase(),
    locale: typed.locale,
  };
  const faults = (['name', 'position', 'relation'] as const).flatMap((place) => {
    if (contact[place] === '') return [fault(place, `reference.fault.${place}`)];
    return contact[place].length > most ? [fault(place, 'reference.fault.long')] : [];
  });
  if (!MailAddress.safeParse(contact.mail).success) faults.push(fault('mail', 'reference.fault.mail'));
  return faults.length === 0 ? ok(contact) : refuse({ kind: 'invalid', faults });
};
