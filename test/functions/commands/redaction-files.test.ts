import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { erase } from '#functions/commands/erasing.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { releaseFile, takeBack, withholdCopy } from '#functions/commands/redaction.ts';
import { announceCopy, receiveCopy } from '#functions/commands/redaction-files.ts';
import { readRedaction, redactionOverview } from '#functions/commands/redaction-views.ts';
import { openCopy, openUpload, readCopies } from '#functions/commands/released-copies.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { fileKey, redactedFiles } from '#shared/ports/files.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { aRedactionScene, telling } from '#test/builders/redaction-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { auditor, chair, dana, secretary, stranger } from '#test/builders/selection.ts';
import { aPdf, aStream, asBytes, aTellingJpeg, aTellingPng, inUtf16 } from '#test/builders/telling-files.ts';

const refusal = (kind: string) => ({ ok: false, error: { kind } });

describe('a redacted file', () => {
  it('is opened by the secretary, then released, and only then by raters', async () => {
    const { world, file, diploma, send, on, seen } = await aRedactionScene();
    const opensAs = (by: typeof chair) => openCopy(world, { ...on(by), item: diploma.id });
    const early = await releaseFile(world, { ...file, sent: diploma.id });
    const documentId = await send();

    expect(early).toMatchObject(refusal('not-found'));
    expect(await opensAs(chair)).toMatchObject(refusal('not-found'));
    expect(granted(await openUpload(world, { ...on(secretary), documentId })).url).toContain('/redacted-');
    expect(await openUpload(world, { ...on(chair), documentId })).toMatchObject(refusal('not-allowed'));
    granted(await releaseFile(world, { ...file, sent: documentId }));
    granted(await releaseFile(world, { ...file, sent: documentId }));
    expect((await seen())[1]).toMatchObject({ kind: 'file', standing: 'released', requirement: 'diploma' });
    const { url } = granted(await opensAs(chair));
    expect(url).toContain(`clean/redacted-${file.applicationId}/${documentId}`);
    expect(url).not.toContain(`clean/${file.applicationId}`);
    expect((await world.readLog.of(`application#${file.applicationId}`)).map(({ what }) => what)).toContain(
      'redacted',
    );
  });

  it('of another type is thrown away, and the page says why', async () => {
    const { world, file, send, item, diploma } = await aRedactionScene();

    const sent = await send('PK\u0003\u0004 a spreadsheet');

    expect(await item(diploma.id)).toMatchObject({
      standing: 'missing',
      file: { sent: undefined, since: { status: 'refused', fault: 'wrong-type' } },
    });
    expect(await releaseFile(world, { ...file, sent })).toMatchObject(refusal('not-found'));
    expect([...world.files.stored.keys()].filter((key) => key.includes('redacted-'))).toEqual([]);
  });

  it('is replaced only once it was taken back, and what raters were shown is kept', async () => {
    const { world, file, send } = await aRedactionScene();
    const first = await send();
    granted(await releaseFile(world, { ...file, sent: first }));

    expect(await announceCopy(world, file)).toMatchObject(refusal('changed-meanwhile'));
    granted(await takeBack(world, file));
    const second = await send('%PDF-1.7 fewer names');
    granted(await releaseFile(world, { ...file, sent: second }));

    const kept = [first, second].map((id) => fileKey('clean', redactedFiles(file.applicationId), id));
    expect([...world.files.stored.keys()]).toEqual(expect.arrayContaining(kept));
  });

  it('that is the file of the applicant after all is not released', async () => {
    const { world, file, diploma, application, send, seen } = await aRedactionScene();
    const original = world.files.stored.get(fileKey('clean', application.id, diploma.id));
    const sent = await send(new TextDecoder().decode(original));

    expect(await releaseFile(world, { ...file, sent })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'sent', message: 'redaction.fault.original' }] },
    });
    expect((await seen())[1]).toMatchObject({ standing: 'not-yet' });
  });

  it('is the one that somebody opened, whatever arrives meanwhile, and the page goes on showing it', async () => {
    const { world, file, diploma, item, send } = await aRedactionScene();
    const opened = await send();
    const later = await send('%PDF-1.7 nobody looked at it');

    granted(await releaseFile(world, { ...file, sent: opened }));

    expect(await item(diploma.id)).toMatchObject({ file: { sent: { id: opened } } });
    granted(await takeBack(world, file));
    expect(await item(diploma.id)).toMatchObject({ file: { sent: { id: later } } });
  });

  it('that is held for the scanner is not released yet', async () => {
    const { world, file } = await aRedactionScene();
    const { documentId } = granted(await announceCopy(world, file));
    world.files.put(fileKey('quarantine', redactedFiles(file.applicationId), documentId), '%PDF-1.7');
    const arrived = { redactionOf: file.applicationId, documentId, scanning: true };
    granted(await receiveCopy(world, arrived));
    granted(await receiveCopy(world, arrived));

    expect(await releaseFile(world, { ...file, sent: documentId })).toMatchObject(
      refusal('document-unchecked'),
    );
  });

  it('that nobody waits for is removed, and one posted again with the same form changes nothing', async () => {
    const { world, file, send, diploma } = await aRedactionScene();
    const documentId = await send();
    const key = fileKey('quarantine', redactedFiles(file.applicationId), documentId);
    world.files.put(key, '%PDF-1.7 with names after all');
    await receiveCopy(world, { redactionOf: file.applicationId, documentId, scanning: false });
    const stray = fileKey('quarantine', redactedFiles(file.applicationId), diploma.id);
    world.files.put(stray, '%PDF-1.7');
    const unknown = { redactionOf: file.applicationId, documentId: diploma.id, scanning: false };

    expect(await receiveCopy(world, unknown)).toMatchObject(refusal('not-found'));
    expect([...world.files.stored.keys()]).not.toContain(key);
    expect([...world.files.stored.keys()]).not.toContain(stray);
  });

  it('that arrives once its application was erased is removed, and on record nowhere', async () => {
    const { world, file, application } = await aRedactionScene();
    const { documentId } = granted(await announceCopy(world, file));
    const deps = { ...world, eraser: memoryEraser(world.records), erasures: memoryErasures() };
    await erase(deps, { kind: 'application', id: application.id });
    world.files.put(fileKey('quarantine', redactedFiles(application.id), documentId), '%PDF-1.7 late');

    const arrived = { redactionOf: application.id, documentId, scanning: false };
    expect(await receiveCopy(world, arrived)).toMatchObject(refusal('not-found'));

    expect([...world.files.stored.keys()].filter((key) => key.includes(application.id))).toEqual([]);
    const history = await world.records.history('redaction', application.id);
    expect(history.map(({ fact }) => fact.type)).toEqual(['redaction-begun', 'copy-file']);
  });

  it('of a text, or for something that is not shown, there is none', async () => {
    const { world, motivation, send } = await aRedactionScene();
    const sent = await send();

    expect(await announceCopy(world, motivation)).toMatchObject(refusal('not-found'));
    expect(await releaseFile(world, { ...motivation, sent })).toMatchObject(refusal('not-found'));
    expect(await withholdCopy(world, { ...motivation, item: 'thesis', reason: 'x' })).toMatchObject(
      refusal('not-found'),
    );
  });
});

const stored = ({ world, file }: Awaited<ReturnType<typeof aRedactionScene>>, sent: DocumentId) =>
  Buffer.from(world.files.stored.get(fileKey('clean', redactedFiles(file.applicationId), sent)) ?? []);

describe('what a redacted file says beside its pages', () => {
  it.each([aTellingJpeg, aTellingPng])('is taken out of a picture before it is kept: %o', async (picture) => {
    const scene = await aRedactionScene();
    const { world, file, send } = scene;

    const sent = await send(picture('MARKER'));

    const kept = stored(scene, sent);
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.toString('latin1')).not.toContain('MARKER');
    expect([...world.files.stored.keys()].filter((key) => key.startsWith('quarantine/'))).toEqual([]);
    granted(await releaseFile(world, { ...file, sent }));
  });

  it('stays in a picture of the applicant that is sent as it was, by which it is known and refused', async () => {
    const { world, file, send } = await aRedactionScene();
    const photograph = aTellingJpeg('MARKER');
    const sha256 = createHash('sha256').update(photograph, 'latin1').digest('hex');
    const { find } = world.records;
    const found: typeof find = async (aggregate, id) => {
      const one = await find(aggregate, id);
      const documents = aggregate.name === 'application' && one?.state && Object(one.state).documents;
      if (documents) Object.assign(documents[0], { sha256 });
      return one;
    };
    Object.assign(world.records, { find: found });

    expect(await releaseFile(world, { ...file, sent: await send(photograph) })).toMatchObject({
      error: { faults: [{ message: 'redaction.fault.original' }] },
    });
  });

  it.each([
    ['an author, whoever it is', '<< /Author (user) >>', 'Author «user»'],
    ['the applicant in a title', `<< /Title ${inUtf16('Диплом Сапаровой')} >>`, 'Title «Диплом Сапаровой»'],
    ['a mailbox in a packet', aStream('/Type /Metadata', '<a:b>one@example.kz</a:b>'), 'b «one@example.kz»'],
    ['the applicant in an attachment', `<< /UF (${asBytes('Айгүл.docx')}) >>`, 'UF «Айгүл.docx»'],
  ])('is asked about where a PDF names %s, and released by who is sure', async (_, object, told) => {
    const { world, file, send, seen } = await aRedactionScene();
    const sent = await send(aPdf(object));

    expect(await releaseFile(world, { ...file, sent })).toEqual({
      ok: false,
      error: {
        kind: 'invalid',
        faults: [{ place: 'properties', message: 'redaction.fault.properties', facts: { told } }],
      },
    });
    expect((await seen())[1]).toMatchObject({ standing: 'not-yet' });
    granted(await releaseFile(world, { ...file, sent, sure: true }));
    expect((await seen())[1]).toMatchObject({ standing: 'released' });
  });

  it('is asked about where it cannot be known, or another file lies within', async () => {
    const { world, file, send } = await aRedactionScene();
    const asked = async (content: string) => {
      const released = await releaseFile(world, { ...file, sent: await send(content) });
      return released.ok || released.error.kind !== 'invalid'
        ? released
        : released.error.faults.map((one) => one.place);
    };

    expect(await asked(aPdf('<< /EmbeddedFiles 1 0 R /Encrypt 1 0 R >>'))).toEqual(['attached', 'closed']);
    expect(await asked(aTellingJpeg('MARKER').slice(0, 40))).toEqual(['closed']);
    expect(await asked(aPdf('<< /Producer (Scanner 1.0) >>'))).toEqual({ ok: true, value: undefined });
  });
});

describe('scoring', () => {
  it('does not open while copies are missing, and says how many', async () => {
    const { world, roundId, file, releaseProposal, on } = await aRedactionScene('stop');
    const drawn = () => drawUpProposal(world, { by: secretary, roundId });
    const counted = async () => granted(await redactionOverview(world, on(secretary)));

    expect(await drawn()).toEqual({ ok: false, error: { kind: 'copies-needed', remaining: 2 } });
    expect(await counted()).toMatchObject({ ready: 0, totals: { wanted: 2, open: 2 } });
    await releaseProposal();
    expect(await drawn()).toEqual({ ok: false, error: { kind: 'copies-needed', remaining: 1 } });
    granted(await withholdCopy(world, { ...file, reason: 'The seal names the school.' }));
    expect(await counted()).toMatchObject({ ready: 1, totals: { released: 1, withheld: 1, open: 0 } });
    expect((await drawn()).ok).toBe(true);
  });

  it('waits for nothing of who is refused', async () => {
    const { world, roundId, on } = await aRedactionScene('stop');
    granted(await judgeApplication(world, { ...on(dana), verdict: 'refused', reason: 'No diploma.' }));

    expect((await drawUpProposal(world, { by: secretary, roundId })).ok).toBe(true);
    expect(granted(await redactionOverview(world, on(secretary))).rows).toEqual([]);
  });

  it('waits for copies of an application that is closed to the secretary, who is told', async () => {
    const { world, roundId, on } = await aRedactionScene('stop');
    granted(await declareOwnConflict(world, on(secretary)));

    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject(refusal('copies-needed'));
    expect(granted(await redactionOverview(world, on(secretary)))).toMatchObject({
      rows: [],
      closed: { applications: 1, open: 2 },
    });
  });

  it('opens with a warning where the round file says so, and copies are released meanwhile', async () => {
    const { toScoring, releaseProposal, seen, world, on } = await aRedactionScene('warn');

    await toScoring();
    const before = await seen();
    const copy = await releaseProposal();

    expect(before.map(({ standing }) => standing)).toEqual(['not-yet', 'not-yet']);
    expect((await seen())[0]?.text).toBe(copy);
    expect(granted(await redactionOverview(world, on(secretary))).totals).toMatchObject({ open: 1 });
  });
});

describe('copies', () => {
  it('are for those who judge and for the secretary: no auditor, no stranger, nobody with a conflict', async () => {
    const { world, on, releaseProposal } = await aRedactionScene();
    await releaseProposal();
    const kinds = async (by: typeof chair) => {
      const read = await readCopies(world, on(by));
      return read.ok ? 'read' : read.error.kind;
    };
    granted(await declareOwnConflict(world, on(dana)));

    expect(await Promise.all([chair, secretary, auditor, stranger, dana].map(kinds))).toEqual([
      'read',
      'read',
      'not-allowed',
      'not-found',
      'conflict-of-interest',
    ]);
    expect(await readRedaction(world, on(chair))).toMatchObject(refusal('not-allowed'));
  });

  it('and originals are read on record', async () => {
    const { world, application, on } = await aRedactionScene();

    const view = granted(await readRedaction(world, on(secretary)));

    expect(view.items.map(({ item }) => item)).toEqual(['motivation', application.documents[0]?.id]);
    expect(view.items[0]?.text?.original).toBe(telling);
    expect(await world.readLog.of(`application#${application.id}`)).toMatchObject([{ what: 'form' }]);
  });
});
