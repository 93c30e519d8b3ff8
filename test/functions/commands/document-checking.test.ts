import { describe, expect, it } from 'vitest';
import { clamdScanner } from '#functions/adapters/clamd/clamd-scanner.ts';
import { beginAmendment, submitApplication, withdrawApplication } from '#functions/commands/applications.ts';
import {
  checkDocument,
  checkFile,
  settleDocument,
  settleFile,
} from '#functions/commands/document-checking.ts';
import { openOwnDocument } from '#functions/commands/document-opening.ts';
import { announceDocument, receiveDocument } from '#functions/commands/documents.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import type { ScanSays } from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { GateId } from '#shared/domain/ids.ts';
import { fileKey, gateFiles } from '#shared/ports/files.ts';
import type { Scanner } from '#shared/ports/scanner.ts';
import {
  aCallIn,
  aCommitteeIn,
  aCompleteIn,
  aigul,
  aStartIn,
  aWorld,
  committee,
  granted,
  type World,
} from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { eicar, fakeClamd } from '#test/functions/adapters/clamd/fake-clamd.ts';

/** A draft whose diploma arrived and waits for the scanner. */
const held = async (content: string, { complete = false } = {}) => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const applicationId = complete
    ? await aCompleteIn(world, roundId)
    : (await aStartIn(world, roundId)).state.id;
  const mine = { by: aigul, applicationId };
  const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
  world.files.put(fileKey('quarantine', applicationId, documentId), content);
  granted(await receiveDocument(world, { applicationId, documentId, scanning: true }));
  const areasNow = () =>
    [...world.files.stored.keys()].filter((key) => key.endsWith(documentId)).map((key) => key.split('/')[0]);
  const documentNow = async () => {
    const found = await world.records.find(applicationAggregate, applicationId);
    return found?.state.documents.find(({ id }) => id === documentId);
  };
  return { world, mine, document: { applicationId, documentId }, documentNow, areasNow };
};

const saying =
  (verdict: ScanSays): Scanner =>
  async () =>
    verdict;

/** Whom a letter about a file that was thrown away was written to. */
const lettersOf = (
  { records }: World,
  template:
    | 'document-infected'
    | 'document-unreadable'
    | 'committee-document-unreadable' = 'document-infected',
): string[] =>
  [...records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === template ? [body.personId] : [],
  );

const down: Scanner = async () => {
  throw new Error('connect ECONNREFUSED');
};

describe('a document that is held', () => {
  it('is opened by nobody, and by its owner once the scanner has found nothing in it', async () => {
    const { world, mine, document, documentNow, areasNow } = await held('%PDF-1.7');

    const before = await openOwnDocument(world, { ...mine, ...document });
    const verdict = await checkDocument({ ...world, scanner: saying('clean') }, document);
    const after = await openOwnDocument(world, { ...mine, ...document });

    expect([before.ok, verdict, after.ok]).toEqual([false, 'clean', true]);
    expect(areasNow()).toEqual(['clean']);
    expect(await documentNow()).not.toHaveProperty('held');
  });

  it('is thrown away when it is infected, and its place is free again', async () => {
    const { world, mine, document, documentNow, areasNow } = await held(eicar);
    const daemon = await fakeClamd();

    const verdict = await checkDocument({ ...world, scanner: clamdScanner(daemon.address) }, document);
    await daemon.stop();

    expect(verdict).toBe('infected');
    expect(areasNow()).toEqual([]);
    expect(await documentNow()).toMatchObject({ status: 'refused', fault: 'malware' });
    expect((await announceDocument(world, { ...mine, requirement: 'diploma' })).ok).toBe(true);
  });

  it('stays held while the scanner is down, and is checked when the news comes again', async () => {
    const { world, document, documentNow, areasNow } = await held('%PDF-1.7');

    await expect(checkDocument({ ...world, scanner: down }, document)).rejects.toThrow('ECONNREFUSED');
    expect(areasNow()).toEqual(['held']);
    expect(await documentNow()).toMatchObject({ status: 'received', held: true });

    await checkDocument({ ...world, scanner: saying('clean') }, document);
    expect(areasNow()).toEqual(['clean']);
  });

  it('may be submitted, and is let through afterwards, also in a copy that is being changed', async () => {
    const { world, mine, document, documentNow } = await held('%PDF-1.7', { complete: true });
    granted(await submitApplication(world, mine));
    granted(await beginAmendment(world, mine));

    await checkDocument({ ...world, scanner: saying('clean') }, document);

    const found = await world.records.find(applicationAggregate, mine.applicationId);
    expect(await documentNow()).not.toHaveProperty('held');
    expect(JSON.stringify(found?.state)).not.toContain('"held"');
  });

  it('that was submitted and is infected stays in the receipt, marked and without its file, and its owner is told once', async () => {
    const { world, mine, document, documentNow, areasNow } = await held('%PDF-1.7', { complete: true });
    granted(await submitApplication(world, mine));

    const verdict = await checkDocument({ ...world, scanner: saying('infected') }, document);
    await checkDocument({ ...world, scanner: saying('infected') }, document);

    expect(verdict).toBe('infected');
    expect(areasNow()).toEqual([]);
    expect(await documentNow()).toMatchObject({ status: 'received', infectedAt: world.clock.now() });
    expect(await documentNow()).not.toHaveProperty('held');
    expect((await openOwnDocument(world, { ...mine, ...document })).ok).toBe(false);
    expect(lettersOf(world)).toEqual([aigul.personId]);
  });

  it('that was submitted and cannot be read is told to its owner once, and to the secretary once the committee decides', async () => {
    const { world, mine, document, documentNow, areasNow } = await held('%PDF-1.7', { complete: true });
    const submitted = granted(await submitApplication(world, mine)).application;
    await aCommitteeIn(world, submitted.roundId);
    world.clock.to(at('2022-10-04T12:00'));
    granted(await closeCall(world, submitted.roundId));

    await checkDocument({ ...world, scanner: saying('unreadable') }, document);
    await checkDocument({ ...world, scanner: saying('unreadable') }, document);

    expect(areasNow()).toEqual([]);
    expect(await documentNow()).toMatchObject({ status: 'received', unreadableAt: world.clock.now() });
    expect((await openOwnDocument(world, { ...mine, ...document })).ok).toBe(false);
    expect(lettersOf(world, 'document-unreadable')).toEqual([aigul.personId]);
    expect(lettersOf(world, 'committee-document-unreadable')).toEqual([committee.secretary.id]);
    expect(lettersOf(world)).toEqual([]);
  });

  it('that cannot be read is no malware, also where the look breaks off between the note and the file', async () => {
    const { world, mine, document, documentNow, areasNow } = await held('%PDF-1.7', { complete: true });
    granted(await submitApplication(world, mine));
    const { remove } = world.files;
    world.files.remove = async () => {
      throw new Error('The storage is gone.');
    };
    await expect(checkDocument({ ...world, scanner: saying('unreadable') }, document)).rejects.toThrow(
      'gone',
    );
    world.files.remove = remove;

    await checkDocument({ ...world, scanner: saying('unreadable') }, document);

    expect([areasNow(), await documentNow()]).toMatchObject([[], { unreadableAt: world.clock.now() }]);
    expect(lettersOf(world, 'document-unreadable')).toEqual([aigul.personId]);
    expect(lettersOf(world)).toEqual([]);
  });

  it('that was submitted and is infected does not count when the submission is changed', async () => {
    const { world, mine, document } = await held('%PDF-1.7', { complete: true });
    granted(await submitApplication(world, mine));
    await checkDocument({ ...world, scanner: saying('infected') }, document);

    granted(await beginAmendment(world, mine));

    const found = await world.records.find(applicationAggregate, mine.applicationId);
    const copy = found?.state.stage === 'submitted' ? found.state.amendment : undefined;
    expect(copy?.documents.map(({ id }) => id)).not.toContain(document.documentId);
    expect(copy?.documents.length).toBeGreaterThan(0);
  });

  it('is marked in what was submitted and refused in a copy that is being changed', async () => {
    const { world, mine, document, documentNow } = await held('%PDF-1.7', { complete: true });
    granted(await submitApplication(world, mine));
    granted(await beginAmendment(world, mine));

    await checkDocument({ ...world, scanner: saying('infected') }, document);

    const found = await world.records.find(applicationAggregate, mine.applicationId);
    const copy = found?.state.stage === 'submitted' ? found.state.amendment : undefined;
    expect(await documentNow()).toHaveProperty('infectedAt');
    expect(copy?.documents).toContainEqual(
      expect.objectContaining({ id: document.documentId, status: 'refused', fault: 'malware' }),
    );
  });

  it('of what was withdrawn meanwhile is marked, and nobody is written to', async () => {
    const { world, mine, document, documentNow } = await held('%PDF-1.7', { complete: true });
    granted(await submitApplication(world, mine));
    granted(await withdrawApplication(world, { ...mine, reasonCode: 'personal' }));

    await checkDocument({ ...world, scanner: saying('infected') }, document);

    expect(await documentNow()).toHaveProperty('infectedAt');
    expect(lettersOf(world)).toEqual([]);
  });

  it('is noted as let through by the next try when one broke off behind the move', async () => {
    const { world, document, documentNow } = await held('%PDF-1.7');
    const owner = document.applicationId;
    await checkFile({ ...world, scanner: saying('clean') }, { owner, documentId: document.documentId });

    const verdict = await checkDocument({ ...world, scanner: down }, document);

    expect(verdict).toBe('gone');
    expect(await documentNow()).not.toHaveProperty('held');
  });

  it('replaced by an infected one with the same form leaves no older one behind either', async () => {
    const { world, document, areasNow, documentNow } = await held('%PDF-1.7');
    await checkDocument({ ...world, scanner: saying('clean') }, document);
    world.files.put(fileKey('quarantine', document.applicationId, document.documentId), '%PDF-1.7 other');
    granted(await receiveDocument(world, { ...document, scanning: true }));

    await checkDocument({ ...world, scanner: saying('infected') }, document);

    expect(areasNow()).toEqual([]);
    expect(await documentNow()).toMatchObject({ status: 'refused', fault: 'malware' });
  });
});

describe('a sheet of votes that is held', () => {
  it('is let through or thrown away alike', async () => {
    const { world, document } = await held('%PDF-1.7');
    const owner = gateFiles(GateId.parse('GATE0000000000000000'));
    const sheet = { owner, documentId: document.documentId };
    world.files.put(fileKey('held', owner, document.documentId), '%PDF-1.7 sheet');

    expect(await checkFile({ ...world, scanner: saying('clean') }, sheet)).toBe('clean');
    expect(await checkFile({ ...world, scanner: down }, sheet)).toBe('gone');
  });
});

const versionNow = async ({ world, document }: Awaited<ReturnType<typeof held>>): Promise<string> =>
  (await world.files.versionOf(fileKey('held', document.applicationId, document.documentId))) ?? '';

describe('a verdict that comes later, from a scanner elsewhere', () => {
  it.for([
    ['clean', ['clean'], { status: 'received' }],
    ['infected', [], { status: 'refused', fault: 'malware' }],
    ['unreadable', [], { status: 'refused', fault: 'unreadable' }],
  ] as const)(
    'does what the verdict of clamd does: %s, also when it is told twice',
    async ([says, areas, state]) => {
      const scene = await held('%PDF-1.7');
      const verdict = { version: await versionNow(scene), says };

      const first = await settleDocument(scene.world, scene.document, verdict);
      const again = await settleDocument(scene.world, scene.document, verdict);

      expect([first, again]).toEqual([says, 'gone']);
      expect(scene.areasNow()).toEqual(areas);
      expect(await scene.documentNow()).toMatchObject(state);
    },
  );

  it('about a file that was replaced since says nothing of the one that stands there', async () => {
    const scene = await held('%PDF-1.7');
    const { world, document, areasNow, documentNow } = scene;
    const old = await versionNow(scene);
    world.files.put(fileKey('quarantine', document.applicationId, document.documentId), '%PDF-1.7 other');
    granted(await receiveDocument(world, { ...document, scanning: true }));

    for (const says of ['clean', 'infected'] as const) {
      expect(await settleDocument(world, document, { version: old, says })).toBe('another');
    }

    expect(areasNow()).toEqual(['held']);
    expect(await documentNow()).toMatchObject({ status: 'received', held: true });
  });

  it('takes away no file that was let through since', async () => {
    const scene = await held('%PDF-1.7');
    const owner = scene.document.applicationId;
    const old = await versionNow(scene);
    await checkDocument({ ...scene.world, scanner: saying('clean') }, scene.document);

    const { documentId } = scene.document;
    expect(await settleFile(scene.world, { owner, documentId }, { version: old, says: 'infected' })).toBe(
      'gone',
    );
    expect(scene.areasNow()).toEqual(['clean']);
  });
});
