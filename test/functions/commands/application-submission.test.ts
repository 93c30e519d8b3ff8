import { describe, expect, it } from 'vitest';
import {
  readReceipt,
  saveSection,
  submitApplication,
  viewApplication,
  withdrawApplication,
} from '#functions/commands/applications.ts';
import { announceDocument, receiveDocument } from '#functions/commands/documents.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { receiptDigest } from '#shared/domain/application-submission.ts';
import { fold, verifyChain } from '#shared/domain/event.ts';
import { fileKey } from '#shared/ports/files.ts';
import { sectionsWell } from '#test/builders/application.ts';
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
import { extendIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';

const closesAt = at('2022-10-04T12:00');

const complete = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const mine = { by: aigul, applicationId: await aCompleteIn(world, roundId) };
  return { world, roundId, mine };
};

describe('submitting', () => {
  it('freezes the form, gives a receipt and writes the letter in one transaction', async () => {
    const { world, mine } = await complete();

    const { application, receipt } = granted(await submitApplication(world, mine));

    const last = world.records.commits.at(-1);
    expect(application).toMatchObject({
      stage: 'submitted',
      submittedAt: world.clock.now(),
      consentVersion: '2022-3.2',
    });
    expect(await world.records.document(application.form)).toMatchObject({
      iin: '800315200013',
      phone: '+77010000013',
    });
    expect(receiptDigest(receipt)).toBe(application.receipt);
    expect(last?.outbox).toMatchObject([
      {
        id: `application-submitted#${application.id}`,
        body: {
          template: 'application-submitted',
          facts: { number: application.number, receipt: application.receipt },
        },
      },
    ]);
    expect(last?.outbox).toHaveLength(1);
  });

  it('twice answers the same receipt and writes one letter, also after the deadline', async () => {
    const { world, roundId, mine } = await complete();

    const first = granted(await submitApplication(world, mine));
    world.clock.to(closesAt);
    granted(await closeCall(world, roundId));
    const second = granted(await submitApplication(world, mine));

    expect(second).toEqual(first);
    expect(
      [...world.records.outbox.keys()].filter((id) => id.startsWith('application-submitted')),
    ).toHaveLength(1);
  });

  it('twice at the same moment submits once', async () => {
    const { world, mine } = await complete();
    let other: unknown;
    world.records.interfere(async () => {
      world.clock.pass(1);
      other = await submitApplication(world, mine);
    });

    const answer = await submitApplication(world, mine);

    expect(answer).toEqual(other);
    expect(answer.ok).toBe(true);
  });

  it('names everything that is missing and changes nothing', async () => {
    const world = aWorld();
    const applicationId = (await aStartIn(world, await aCallIn(world))).state.id;
    const before = world.records.commits.length;

    const answer = await submitApplication(world, { by: aigul, applicationId });

    const missing = !answer.ok && answer.error.kind === 'incomplete' ? answer.error.missing : [];
    expect(missing.map(({ place }) => place)).toEqual(
      expect.arrayContaining([
        'fullName',
        'birthDate',
        'motivation',
        'consent',
        'documents.diploma',
        'choices',
      ]),
    );
    expect(world.records.commits).toHaveLength(before);
  });

  it('is refused at the very deadline', async () => {
    const { world, mine } = await complete();
    world.clock.to(closesAt);

    expect(await submitApplication(world, mine)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone: 'Asia/Almaty', of: 'applications' },
    });
  });

  it('does not slip in behind a call that closes between reading and writing', async () => {
    const { world, roundId, mine } = await complete();
    world.records.interfere(() => {
      world.clock.to(closesAt);
      return closeCall(world, roundId);
    });

    const answer = await submitApplication(world, mine);

    expect(answer).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone: 'Asia/Almaty', of: 'applications' },
    });
    expect((await world.records.find(applicationAggregate, mine.applicationId))?.state.stage).toBe('draft');
  });

  it('goes through when the deadline is extended between reading and writing', async () => {
    const { world, roundId, mine } = await complete();
    world.records.interfere(() => extendIn(world, { roundId, closesAt: at('2022-10-07T12:00') }));

    expect((await submitApplication(world, mine)).ok).toBe(true);
  });

  it('waits for a file that is on its way', async () => {
    const { world, mine } = await complete();
    granted(await announceDocument(world, { ...mine, requirement: 'recommendation' }));

    const answer = await submitApplication(world, mine);

    expect(answer).toMatchObject({
      ok: false,
      error: {
        kind: 'document-not-arrived',
        requirements: ['recommendation'],
        awaited: [{ requirement: 'recommendation', title: { en: 'Recommendation letter' } }],
      },
    });
  });

  it('waits for a second file of a document as for the first', async () => {
    const { world, mine } = await complete();
    granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));

    expect(await submitApplication(world, mine)).toMatchObject({
      error: { kind: 'document-not-arrived', requirements: ['diploma'] },
    });
    expect(granted(await viewApplication(world, mine)).missing).toMatchObject([
      { place: 'documents.diploma', message: 'application-form.document.awaited' },
    ]);
  });

  it('leaves out a file that was given up, in the same commit, and its late arrival changes nothing', async () => {
    const { world, mine } = await complete();
    const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'recommendation' }));

    const { application, receipt } = granted(
      await submitApplication(world, { ...mine, without: [documentId] }),
    );
    const [change] = world.records.commits.at(-1)?.changes ?? [];
    world.files.put(fileKey('quarantine', mine.applicationId, documentId), '%PDF-1.7 late');
    const late = await receiveDocument(world, { ...mine, documentId, scanning: false });

    expect(change?.facts).toMatchObject([
      { type: 'document-removed', document: documentId },
      { type: 'application-submitted', documents: [{ requirement: 'diploma' }] },
    ]);
    expect(application.documents).toMatchObject([{ requirement: 'diploma' }]);
    expect(receipt.files).toMatchObject([{ requirement: 'diploma' }]);
    expect(late).toMatchObject({ error: { kind: 'not-found' } });
    expect(granted(await readReceipt(world, mine)).receipt).toEqual(receipt);
  });

  it('does not leave out a required document by giving it up', async () => {
    const { world, roundId } = await complete();
    const applicationId = (await aStartIn(world, roundId, bolat)).state.id;
    const theirs = { by: bolat, applicationId };
    const { documentId } = granted(await announceDocument(world, { ...theirs, requirement: 'diploma' }));

    const answer = await submitApplication(world, { ...theirs, without: [documentId] });

    expect(answer).toMatchObject({ error: { kind: 'incomplete' } });
    const found = await world.records.find(applicationAggregate, applicationId);
    expect(found?.state.documents).toMatchObject([{ id: documentId, status: 'announced' }]);
  });

  it('asks again when a file that was given up has arrived meanwhile', async () => {
    const { world, mine } = await complete();
    const documentId = await uploaded(world, mine, '%PDF-1.7 after all');

    expect(await submitApplication(world, { ...mine, without: [documentId] })).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
    expect(granted(await submitApplication(world, mine)).receipt.files).toHaveLength(2);
  });

  it('is for the owner alone', async () => {
    const { world, mine } = await complete();

    expect(await submitApplication(world, { ...mine, by: bolat })).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect(await readReceipt(world, { ...mine, by: bolat })).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('ends all changes', async () => {
    const { world, mine } = await complete();
    const { application } = granted(await submitApplication(world, mine));

    const saved = await saveSection(world, {
      ...mine,
      section: 'motivation',
      basedOn: 4,
      typed: { ...sectionsWell.motivation, motivation: 'Басқа ой.' },
    });

    expect(saved).toMatchObject({ error: { kind: 'already-submitted', receipt: application.receipt } });
  });
});

describe('the receipt', () => {
  it('can be read again, also after a withdrawal', async () => {
    const { world, mine } = await complete();
    const { receipt, application } = granted(await submitApplication(world, mine));

    granted(await withdrawApplication(world, { ...mine, reasonCode: 'other-post' }));

    expect(granted(await readReceipt(world, mine))).toEqual({ receipt, sha256: application.receipt });
    expect(await submitApplication(world, mine)).toMatchObject({ error: { kind: 'already-withdrawn' } });
  });

  it('of a draft does not exist', async () => {
    const { world, mine } = await complete();

    expect(await readReceipt(world, mine)).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'document' },
    });
  });
});

it('the whole history of an application is chained, and folds into what is stored', async () => {
  const { world, mine } = await complete();
  granted(await submitApplication(world, mine));
  granted(await withdrawApplication(world, { ...mine, reasonCode: 'terms' }));

  const history = await world.records.history('application', mine.applicationId);

  expect(verifyChain(history)).toBeUndefined();
  expect(fold(applicationAggregate, history)).toEqual(
    (await world.records.find(applicationAggregate, mine.applicationId))?.state,
  );
});
