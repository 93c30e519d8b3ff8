import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { learnErasures } from '#infra/local/backup/erasures.ts';
import { fileNameOf, ObjectFacts, tailOf } from '#infra/local/s3/object-file.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

/** A storage with these objects, as the home writes them. */
const aStorage = (...keys: string[]): string => {
  const storage = aFolder();
  const objects = join(storage, 'documents', 'objects');
  mkdirSync(objects, { recursive: true });
  for (const key of keys) {
    const facts = ObjectFacts.parse({
      key,
      size: 0,
      etag: 'e',
      writeId: 'w',
      lastModified: 0,
      contentType: '',
      headers: {},
      metadata: {},
      checksums: {},
    });
    writeFileSync(join(objects, fileNameOf(key)), tailOf(facts));
  }
  return storage;
};

const has = (storage: string, key: string): boolean =>
  existsSync(join(storage, 'documents', 'objects', fileNameOf(key)));

describe('a restored storage', () => {
  it('learns who was erased since, from the former folder and from newer backups, and takes no file', async () => {
    const restored = aStorage('erased/account/A', 'clean/A/diploma');
    const former = aStorage('erased/account/A', 'erased/account/B', 'clean/B/diploma');
    const newer = aStorage('erased/application/C');

    expect(await learnErasures(restored, [former, newer, '/nowhere'])).toBe(2);
    expect(has(restored, 'erased/account/B')).toBe(true);
    expect(has(restored, 'erased/application/C')).toBe(true);
    expect(has(restored, 'clean/B/diploma')).toBe(false);
  });

  it('passes over an object that is damaged', async () => {
    const former = aStorage('erased/account/B');
    writeFileSync(join(former, 'documents', 'objects', fileNameOf('clean/X/broken')), 'not an object');
    const restored = aStorage();

    expect(await learnErasures(restored, [former])).toBe(1);
  });
});
