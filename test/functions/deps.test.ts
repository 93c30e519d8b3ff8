import { describe, expect, it } from 'vitest';
import { readConfig } from '#functions/config.ts';
import { commandDeps, realChance, realClock } from '#functions/deps.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

describe('what functions are made of', () => {
  it('draws ids that are ids, and never the same twice', () => {
    const ids = Array.from({ length: 500 }, () => realChance.id());

    expect(ids.filter((id) => !ApplicationId.safeParse(id).success)).toEqual([]);
    expect(new Set(ids).size).toBe(500);
  });

  it('draws tokens of the wanted strength', () => {
    expect(Buffer.from(realChance.token(32), 'base64url')).toHaveLength(32);
  });

  it('spells the present moment as an instant', () => {
    expect(Instant.safeParse(realClock.now()).success).toBe(true);
  });

  it('needs a variable only where its part is used', async () => {
    const deps = commandDeps(readConfig({ REGION_CODE: 'KZ-19', RECORDS_TABLE: 'records' }));

    await expect(deps.files.remove('quarantine/A1/D1')).rejects.toThrow('DOCUMENTS_BUCKET is not set');
  });
});
