import { createHash } from 'node:crypto';
import { Sha256 } from '#shared/domain/ids.ts';

export const sha256OfBytes = (bytes: Uint8Array): Sha256 =>
  Sha256.parse(createHash('sha256').update(bytes).digest('hex'));
