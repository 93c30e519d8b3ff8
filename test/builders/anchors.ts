import { generateKeyPairSync } from 'node:crypto';
import { signedFile } from '#functions/commands/elsewhere-signed.ts';
import { partOfHeads, statementOf } from '#shared/checks/anchor.ts';
import type { MadeAnchor } from '#shared/checks/run.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { signerOf } from '#test/builders/signer.ts';
import { at } from '#test/builders/worlds.ts';

/** An anchor over one record, as its file, signed by a key of its own. */
export const anAnchor = async (number: number): Promise<{ text: string; made: MadeAnchor }> => {
  const madeAt = at('2022-09-14T21:01');
  const head = {
    aggregate: 'round',
    id: 'R0VND000000000000000',
    version: 1,
    hash: sha256Of('event'),
  } as const;
  const parts = [partOfHeads([head]).named];
  const statement = statementOf({ region: 'KZ-19', number, begunAt: at('2022-09-14T21:00'), madeAt }, parts);
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = await signedFile(signerOf(key), statement, 'chain-anchor');
  return { text, made: { number, heads: 1, madeAt, sha256: sha256Of(text) } };
};
