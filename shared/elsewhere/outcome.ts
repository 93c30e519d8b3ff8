import * as z from 'zod';
import { Signature } from '#shared/bundle/format.ts';
import { HandedOutcome } from '#shared/domain/elsewhere-choices.ts';
import { ApplicationNumber, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { mostHanded } from '#shared/elsewhere/packet.ts';
import { readSignedFile } from '#shared/elsewhere/signed-file.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/**
 * What became of the people of one packet, as the region that got it tells the one that sent it: numbers and whether a post is proposed to each. Which post it is, the
 * person hears from that region.
 */
export const PacketOutcome = z.strictObject({
  kind: z.literal('packet-outcome'),
  format: z.literal(1),
  /** The region that decided, */
  from: RegionCode,
  /** and the one whose people they are, with their round. */
  to: RegionCode,
  roundId: RoundId,
  /** The list that they chose from and the packet that they came in, by the SHA-256 of their statements. */
  list: Sha256,
  packet: Sha256,
  decidedAt: Instant,
  /** Everyone of the packet, by number. */
  people: z
    .array(z.strictObject({ number: ApplicationNumber, outcome: HandedOutcome }))
    .min(1)
    .max(mostHanded),
});
export type PacketOutcome = z.infer<typeof PacketOutcome>;

/** The file: canonical JSON, so that no byte of it can change unseen. */
const PacketOutcomeFile = z.strictObject({ signature: Signature, statement: PacketOutcome });

export type ReadPacketOutcome = {
  outcome: PacketOutcome;
  /** Fingerprint of the key that signed it. */
  key: Sha256;
  /** Of the statement. */
  sha256: Sha256;
};

/** Reads an outcome from the text of its file. Refused with a fault where it is none, or where its signature does not hold. */
export const readPacketOutcome = async (text: string): Promise<Result<ReadPacketOutcome, Fault[]>> => {
  const read = await readSignedFile(text, PacketOutcomeFile, {
    kind: 'packet-outcome',
    fault: { place: 'outcome', message: 'elsewhere.fault.outcome' },
  });
  if (!read.ok) return read;
  const { statement: outcome, ...signed } = read.value;
  return ok({ outcome, ...signed });
};
