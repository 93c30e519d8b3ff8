import * as z from 'zod';
import { Signature } from '#shared/bundle/format.ts';
import { readCanonical } from '#shared/bundle/reading.ts';
import { Said } from '#shared/domain/elsewhere-said.ts';
import { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { mostHanded, Sealed } from '#shared/elsewhere/packet.ts';
import { type ReadFile, readSignedFile } from '#shared/elsewhere/signed-file.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * What people of one packet answered to the posts that were proposed to them, as the region that got it tells the one that sent it, and that one alone: it is sealed for the key by
 * which the packet was. A later one of the same packet says everything anew.
 */
export const PacketAnswers = z.strictObject({
  kind: z.literal('packet-answers'),
  format: z.literal(1),
  /** The region that has the posts, */
  from: RegionCode,
  /** and the one whose people they are, with their round. */
  to: RegionCode,
  roundId: RoundId,
  /** The list that they chose from and the packet that they came in, by the SHA-256 of their statements. */
  list: Sha256,
  packet: Sha256,
  /** Of the packet, 1 for the first. */
  number: z.int().min(1),
  madeAt: Instant,
  people: z.int().min(1).max(mostHanded),
  sealed: Sealed,
});
export type PacketAnswers = z.infer<typeof PacketAnswers>;

/** What is sealed. */
const SealedAnswers = z.strictObject({
  people: z.array(z.strictObject(Said.shape)).min(1).max(mostHanded),
});

/** What it is sealed about: it opens for no other packet, region, or statement. */
export const answersAbout = ({
  from,
  to,
  roundId,
  packet,
  number,
}: Pick<PacketAnswers, 'from' | 'to' | 'roundId' | 'packet' | 'number'>): string =>
  ['packet-answers', from, to, roundId, packet, number].join(' ');

/** The file: canonical JSON, so that no byte of it can change unseen. */
const PacketAnswersFile = z.strictObject({ signature: Signature, statement: PacketAnswers });

export type OpenedStatement = ReadFile<PacketAnswers> & { people: Said[] };

/** Reads a statement from the text of its file, still sealed. Refused with a fault where it is none, or where its signature does not hold. */
export const readPacketAnswers = (text: string): Promise<Result<ReadFile<PacketAnswers>, Fault[]>> =>
  readSignedFile(text, PacketAnswersFile, {
    kind: 'packet-answers',
    fault: { place: 'statement', message: 'elsewhere.fault.answers' },
  });

/** Opens the seal of a statement. Refused with a fault where the key does not open it, or it holds another number of people than it says. */
export const openPacketAnswers = async (
  read: ReadFile<PacketAnswers>,
  privateKey: Uint8Array,
): Promise<Result<OpenedStatement, Fault[]>> => {
  const { statement } = read;
  // Loaded with a statement: the curve weighs.
  const { unseal } = await import('#shared/elsewhere/sealed.ts');
  const text = await unseal(statement.sealed, { privateKey, about: answersAbout(statement) });
  const held = text === undefined ? undefined : readCanonical(text, SealedAnswers);
  return held?.people.length === statement.people
    ? ok({ ...read, people: held.people })
    : refuse([{ place: 'statement', message: 'elsewhere.fault.answersSeal' }]);
};
