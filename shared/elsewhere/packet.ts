import * as z from 'zod';
import { Signature } from '#shared/bundle/format.ts';
import { Subject } from '#shared/domain/codes.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { ApplicationNumber, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { readSignedFile } from '#shared/elsewhere/signed-file.ts';
import type { Fault } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result } from '#shared/result.ts';

/** A text that only one region can read (`sealed.ts`, which is loaded when it is needed: the curve weighs). */
export const Sealed = z.strictObject({
  /** Public half of the key that was made for this once, in hexadecimal. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ciphertext with its tag, in hexadecimal. Looked through once: a pattern of pairs keeps a place to go back to for each, millions of them. */
  text: z
    .string()
    .min(2)
    .refine((text) => text.length % 2 === 0 && !/[^0-9a-f]/.test(text)),
});
export type Sealed = z.infer<typeof Sealed>;

/** People that one packet hands over at most. Regions of an older release read 300. */
export const mostHanded = 1000;

/** Who agreed and chose: what the consent names, and no more. */
export const HandedPerson = z.strictObject({
  /** By which anyone finds total and rank in the published results of the own region. */
  number: ApplicationNumber,
  name: z.string().min(1).max(300),
  mail: z.string().max(320).optional(),
  phone: z.string().max(60).optional(),
  locale: Locale,
  subjects: z.array(Subject).min(1),
  agreedAt: Instant,
  /** Of the list, best first. */
  choices: z.array(VacancyCode).min(1).max(50),
});
export type HandedPerson = z.infer<typeof HandedPerson>;

/** What is sealed. */
export const Handed = z.strictObject({ people: z.array(HandedPerson).min(1).max(mostHanded) });
export type Handed = z.infer<typeof Handed>;

/** Of what is sealed, in UTF-8: the file has it in hexadecimal, and a request takes 4 MB of it with its envelope. */
const mostHandedBytes = 2_080_000;

/** Whether these people fit into one packet, whatever name, mailbox and telephone they turn out to have: these are read only once it is made. */
export const fitsOnePacket = (people: readonly Pick<HandedPerson, 'choices' | 'subjects'>[]): boolean =>
  people.length <= mostHanded &&
  people.reduce((sum, one) => sum + mostOthers + new TextEncoder().encode(canonicalJson(one)).length, 0) <=
    mostHandedBytes;

/** Of one person besides choices and subjects: 300 letters of three bytes, 320 and 60 of one, and less than 200 for number, moment, language and names of fields. */
const mostOthers = 900 + 320 + 60 + 200;

/**
 * What one region hands to another for a list of that one. Total and rank are not in it: they are read from the signed bundle of results that the
 * packet names, so that nobody can be handed over with others than were published.
 */
export const Packet = z.strictObject({
  kind: z.literal('packet'),
  format: z.literal(1),
  from: RegionCode,
  /** The round of these people. */
  roundId: RoundId,
  intake: z.string().min(1).max(100),
  to: RegionCode,
  /** The list that they chose from, by the SHA-256 of its statement. */
  list: Sha256,
  madeAt: Instant,
  people: z.int().min(1).max(mostHanded),
  /** SHA-256 of the file of the published final results, and the root that it has. */
  bundle: Sha256,
  root: Sha256,
  sealed: Sealed,
});
export type Packet = z.infer<typeof Packet>;

/** What a packet is sealed about: it opens for no other list, round or region. */
export const packetAbout = ({
  from,
  roundId,
  to,
  list,
}: Pick<Packet, 'from' | 'roundId' | 'to' | 'list'>): string => ['packet', from, roundId, to, list].join(' ');

/** The file: canonical JSON, so that no byte of it can change unseen. */
const PacketFile = z.strictObject({ signature: Signature, statement: Packet });

export type ReadPacket = {
  packet: Packet;
  /** Fingerprint of the key that signed it. */
  key: Sha256;
  /** Of the statement. */
  sha256: Sha256;
};

/** Reads a packet from the text of its file, still sealed. Refused with a fault where it is none, or where its signature does not hold. */
export const readPacket = async (text: string): Promise<Result<ReadPacket, Fault[]>> => {
  const read = await readSignedFile(text, PacketFile, {
    kind: 'packet',
    fault: { place: 'packet', message: 'elsewhere.fault.packet' },
  });
  if (!read.ok) return read;
  const { statement: packet, ...signed } = read.value;
  return ok({ packet, ...signed });
};
