import * as z from 'zod';
import type { DocumentRef } from '#shared/domain/document.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { Instant } from '#shared/domain/time.ts';
import { endOfDay } from '#shared/domain/zone.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/index.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** How a guest is reached. */
export const GuestContact = z.object({ name: z.string(), mail: MailAddress, locale: Locale });
export type GuestContact = z.infer<typeof GuestContact>;

/** Who was invited; undefined once it was erased. */
export const contactOfGuest = async (
  records: Pick<Records, 'document'>,
  contact: DocumentRef,
): Promise<GuestContact | undefined> => GuestContact.safeParse(await records.document(contact)).data;

/** What the secretary types. */
export type TypedGuest = {
  name: string;
  mail: string;
  locale: string;
  region: string;
  /** Numbers of applications, in any order; nothing where a lot finds them. */
  applications: string;
  /** How many a lot finds. */
  atMost: string;
  /** The last day, YYYY-MM-DD. */
  until: string;
};

export type ReadGuest = {
  contact: GuestContact;
  region: RegionCode;
  numbers: readonly ApplicationNumber[];
  atMost: number | undefined;
  until: Instant;
};

const [mostItems, longestName] = [500, 200];

/** What was typed, tidied; every fault at its field. */
export const readGuest = (
  typed: TypedGuest,
  { own, timeZone, now }: { own: RegionCode; timeZone: string; now: Instant },
): Result<ReadGuest, Refusal> => {
  const name = typed.name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  const mail = MailAddress.safeParse(typed.mail.trim().toLowerCase()).data;
  const locale = Locale.safeParse(typed.locale).data;
  const region = RegionCode.safeParse(typed.region).data;
  const until = lastDay(typed.until, timeZone);
  const items = readItems(typed);
  const faults: Fault[] = [
    ...(name === '' || name.length > longestName ? [fault('name', { maximum: longestName })] : []),
    ...(mail ? [] : [fault('mail')]),
    ...(region && region !== own ? [] : [fault('region')]),
    ...(locale ? [] : [fault('locale')]),
    ...items.faults,
    ...(until && until > now ? [] : [fault('until')]),
  ];
  if (!mail || !locale || !region || !until || faults.length > 0) return refuse({ kind: 'invalid', faults });
  return ok({ contact: { name, mail, locale }, region, until, numbers: items.numbers, atMost: items.atMost });
};

const fault = (place: keyof TypedGuest, facts?: Fault['facts']): Fault => ({
  place,
  message: `guests.fault.${place}`,
  ...(facts && { facts }),
});

const lastDay = (typed: string, timeZone: string): Instant | undefined => {
  const midnight = Instant.safeParse(`${typed}T00:00:00.000Z`);
  return midnight.success ? endOfDay(timeZone, typed) : undefined;
};

/** Numbers, or how many: the one that is typed, and not both. */
const readItems = ({
  applications,
  atMost,
}: TypedGuest): { numbers: ApplicationNumber[]; atMost: number | undefined; faults: Fault[] } => {
  const words = applications
    .toUpperCase()
    .split(/[\s,;]+/u)
    .filter((word) => word !== '');
  const read = words.map((word) => ApplicationNumber.safeParse(word).data);
  const numbers = [...new Set(read.flatMap((number) => number ?? []))];
  const typed = atMost.trim();
  if (words.length > 0) {
    const isWrong = read.includes(undefined) || numbers.length > mostItems;
    const faults = [
      ...(isWrong ? [fault('applications', { maximum: mostItems })] : []),
      ...(typed === '' ? [] : [fault('atMost', { maximum: mostItems })]),
    ];
    return { numbers, atMost: undefined, faults };
  }
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  const isRight = count > 0 && count <= mostItems;
  return { numbers, atMost: count, faults: isRight ? [] : [fault('atMost', { maximum: mostItems })] };
};
