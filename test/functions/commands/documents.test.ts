import { describe, expect, it } from 'vitest';
import { submitApplication } from '#functions/commands/applications.ts';
import { announceDocument, receiveDocument, removeDocument } from '#functions/commands/documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { type Files, fileKey } from '#shared/ports/files.ts';
import {
  aCallIn,
  aCompleteIn,
  aigul,
  aStartIn,
  aWorld,
  bolat,
  granted,
  uploaded,
} from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const begun = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const applicationId = (await aStartIn(world, roundId)).state.id;
  const documentsNow = async () =>
    (await world.records.find(applicationAggregate, applicationId))?.state.documents;
  return { world, roundId, mine: { by: aigul, applicationId }, documentsNow };
};

describe('announcing a document', () => {
  it('answers a form for this one file, which takes more than the round file allows: the page says so, not storage', async () => {
    const { world, mine } = await begun();

    const answer = granted(
      await announceDocument(world, { ...mine, requirement: 'diploma', redirect: 'https://example.kz/back' }),
    );

    expect(answer.upload.fields).toEqual({
      key: fileKey('quarantine', mine.applicationId, answer.documentId),
      minBytes: '0',
      maxBytes: '10485760',
      seconds: '3600',
      redirect: 'https://example.kz/back',
    });
  });

  it.for([
    ['passport', { kind: 'unknown-requirement', requirement: 'passport' }],
    ['diploma', { kind: 'not-found', what: 'application' }],
  ] as const)('of "%s" can be refused', async ([requirement, error]) => {
    const { world, mine } = await begun();
    const by = error.kind === 'not-found' ? bolat : aigul;

    expect(await announceDocument(world, { ...mine, by, requirement })).toEqual({ ok: false, error });
  });
});

describe('a file that arrives', () => {
  it('is hashed, measured, recorded and moved to clean/ when nobody scans', async () => {
    const { world, mine, documentsNow } = await begun();

    const id = await uploaded(world, mine, '%PDF-1.7 diploma');

    expect(await documentsNow()).toMatchObject([
      {
        id,
        status: 'received',
        sha256: sha256Of('%PDF-1.7 diploma'),
        bytes: 16,
        mediaType: 'application/pdf',
      },
    ]);
    expect([...world.files.stored.keys()]).toEqual([fileKey('clean', mine.applicationId, id)]);
  });

  it('waits out of the reach of its form where files are scanned', async () => {
    const { world, mine } = await begun();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    const key = fileKey('quarantine', mine.applicationId, documentId);
    world.files.put(key, '%PDF-1.7');

    granted(await receiveDocument(world, { applicationId: mine.applicationId, documentId, scanning: true }));

    expect([...world.files.stored.keys()]).toEqual([fileKey('held', mine.applicationId, documentId)]);
  });

  it('is the one that the record names, also when another one is put under its key at that moment', async () => {
    const { world, mine, documentsNow } = await begun();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    const key = fileKey('quarantine', mine.applicationId, documentId);
    world.files.put(key, '%PDF-1.7 first');
    let looks = 0;
    const posted: Files['read'] = async (asked) => {
      const file = await world.files.read(asked);
      looks += 1;
      if (looks === 1) world.files.put(key, '%PDF-1.7 second');
      return file;
    };
    const arrival = { applicationId: mine.applicationId, documentId, scanning: false };

    granted(await receiveDocument({ ...world, files: { ...world.files, read: posted } }, arrival));

    const stored = world.files.stored.get(fileKey('clean', mine.applicationId, documentId));
    expect(Buffer.from(stored ?? []).toString()).toBe('%PDF-1.7 second');
    expect(await documentsNow()).toMatchObject([{ sha256: sha256Of('%PDF-1.7 second') }]);
    expect(world.files.stored.size).toBe(1);
  });

  it('comes again later when it is replaced faster than it can be looked at', async () => {
    const { world, mine } = await begun();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    const key = fileKey('quarantine', mine.applicationId, documentId);
    world.files.put(key, '%PDF-1.7');
    const posted: Files['read'] = async (asked) => {
      const file = await world.files.read(asked);
      world.files.put(key, '%PDF-1.7 another');
      return file;
    };
    const arrival = { applicationId: mine.applicationId, documentId, scanning: false };

    const receiving = receiveDocument({ ...world, files: { ...world.files, read: posted } }, arrival);

    await expect(receiving).rejects.toThrow('faster');
    expect([...world.files.stored.keys()]).toEqual([key]);
  });

  it('leaves nothing behind when its document is removed while it is on the move', async () => {
    const { world, mine } = await begun();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    world.files.put(fileKey('quarantine', mine.applicationId, documentId), '%PDF-1.7');
    const late: Files['move'] = async ({ to }) => {
      granted(await removeDocument(world, { ...mine, documentId }));
      world.files.put(to, '%PDF-1.7');
      return true;
    };
    const arrival = { applicationId: mine.applicationId, documentId, scanning: false };

    await receiveDocument({ ...world, files: { ...world.files, move: late } }, arrival);

    expect(world.files.stored.size).toBe(0);
  });

  it('is announced by storage more than once, and recorded once', async () => {
    const { world, mine, documentsNow } = await begun();
    const documentId = await uploaded(world, mine);
    const before = await documentsNow();

    const again = await receiveDocument(world, {
      applicationId: mine.applicationId,
      documentId,
      scanning: false,
    });

    expect(again.ok).toBe(true);
    expect(await documentsNow()).toEqual(before);
    expect(world.files.stored.size).toBe(1);
  });

  it('is moved by the next news when the first one broke off after recording', async () => {
    const { world, mine } = await begun();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    const arrival = { applicationId: mine.applicationId, documentId, scanning: false };
    world.files.put(fileKey('quarantine', mine.applicationId, documentId), '%PDF-1.7');
    const broken = { ...world, files: { ...world.files, move: () => Promise.reject(new Error('cut off')) } };

    await expect(receiveDocument(broken, arrival)).rejects.toThrow('cut off');
    granted(await receiveDocument(world, arrival));

    expect([...world.files.stored.keys()]).toEqual([fileKey('clean', mine.applicationId, documentId)]);
  });

  it.for([
    ['MZ\x90\0 a program', 'wrong-type'],
    ['', 'empty'],
    [`%PDF-${'x'.repeat(5_242_880)}`, 'too-large'],
  ] as const)('and is not what it should be is thrown away (%#: %s)', async ([content, fault]) => {
    const { world, mine, documentsNow } = await begun();

    const id = await uploaded(world, mine, content);

    expect(await documentsNow()).toMatchObject([{ id, status: 'refused', fault }]);
    expect(world.files.stored.size).toBe(0);
  });

  it('and is refused is refused once, however often storage announces it', async () => {
    const { world, mine, documentsNow } = await begun();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    const arrival = { applicationId: mine.applicationId, documentId, scanning: false };
    world.files.put(fileKey('quarantine', mine.applicationId, documentId), 'MZ a program');
    const broken = {
      ...world,
      files: { ...world.files, remove: () => Promise.reject(new Error('cut off')) },
    };

    await expect(receiveDocument(broken, arrival)).rejects.toThrow('cut off');
    const refused = await documentsNow();
    world.clock.to(at('2022-09-21T04:00'));
    granted(await receiveDocument(world, arrival));
    granted(await receiveDocument(world, arrival));

    expect(await documentsNow()).toEqual(refused);
    expect(world.files.stored.size).toBe(0);
  });

  it('of a wrong type takes the place of an earlier good one, of which nothing stays', async () => {
    const { world, mine, documentsNow } = await begun();
    const documentId = await uploaded(world, mine);

    world.files.put(fileKey('quarantine', mine.applicationId, documentId), 'MZ a program');
    granted(await receiveDocument(world, { applicationId: mine.applicationId, documentId, scanning: false }));

    expect(await documentsNow()).toMatchObject([{ id: documentId, status: 'refused' }]);
    expect(world.files.stored.size).toBe(0);
  });

  it('for a document that was removed, or was never announced, is thrown away, and what was left of it too', async () => {
    const { world, mine } = await begun();
    const documentId = DocumentId.parse('STRANGER000000000000');
    world.files.put(fileKey('quarantine', mine.applicationId, documentId), '%PDF-1.7');
    world.files.put(fileKey('clean', mine.applicationId, documentId), '%PDF-1.7 left by a crash');

    const answer = await receiveDocument(world, {
      applicationId: mine.applicationId,
      documentId,
      scanning: false,
    });

    expect(answer).toMatchObject({ error: { kind: 'not-found', what: 'document' } });
    expect(world.files.stored.size).toBe(0);
  });

  it('sent again with the same form replaces the first one while the application is a draft', async () => {
    const { world, mine, documentsNow } = await begun();
    const documentId = await uploaded(world, mine, '%PDF-1.7 first');

    world.files.put(fileKey('quarantine', mine.applicationId, documentId), '%PDF-1.7 second');
    granted(await receiveDocument(world, { applicationId: mine.applicationId, documentId, scanning: false }));

    expect(await documentsNow()).toMatchObject([{ sha256: sha256Of('%PDF-1.7 second') }]);
  });

  it('sent again after submitting changes nothing', async () => {
    const { world, roundId } = await begun();
    const mine = { by: bolat, applicationId: await aCompleteIn(world, roundId, bolat) };
    const { application } = granted(await submitApplication(world, mine));
    const documentId = DocumentId.parse(application.documents[0]?.id);
    const clean = fileKey('clean', mine.applicationId, documentId);
    const before = world.files.stored.get(clean);

    world.files.put(fileKey('quarantine', mine.applicationId, documentId), '%PDF-1.7 forged');
    granted(await receiveDocument(world, { applicationId: mine.applicationId, documentId, scanning: false }));

    expect((await world.records.find(applicationAggregate, mine.applicationId))?.state).toEqual(application);
    expect(world.files.stored.get(clean)).toEqual(before);
    expect(world.files.stored.size).toBe(1);
  });

  it('sent again after submitting changes nothing where files wait for a scanner', async () => {
    const { world, roundId } = await begun();
    const mine = { by: bolat, applicationId: await aCompleteIn(world, roundId, bolat) };
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    const arrival = { applicationId: mine.applicationId, documentId, scanning: true };
    const key = fileKey('quarantine', mine.applicationId, documentId);
    world.files.put(key, '%PDF-1.7 submitted');
    granted(await receiveDocument(world, arrival));
    granted(await submitApplication(world, mine));

    world.files.put(key, '%PDF-1.7 forged');
    granted(await receiveDocument(world, arrival));

    const stored = world.files.stored.get(fileKey('held', mine.applicationId, documentId));
    expect(Buffer.from(stored ?? []).toString()).toBe('%PDF-1.7 submitted');
    expect(world.files.stored.has(key)).toBe(false);
  });

  it('is kept when its record cannot be written, so that the news can come again', async () => {
    const { world, mine } = await begun();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
    world.files.put(fileKey('quarantine', mine.applicationId, documentId), '%PDF-1.7');
    const losing = {
      ...world.records,
      commit: async () => ({
        ok: false as const,
        error: {
          kind: 'changed-meanwhile' as const,
          aggregate: 'application' as const,
          id: mine.applicationId,
        },
      }),
    };

    const receiving = receiveDocument(
      { ...world, records: losing },
      { applicationId: mine.applicationId, documentId, scanning: false },
    );

    await expect(receiving).rejects.toThrow('could not be recorded');
    expect(world.files.stored.size).toBe(1);
  });
});
