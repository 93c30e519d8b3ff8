import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import {
  beginAmendment,
  giveUpAmendment,
  rankVacancies,
  readReceipt,
  saveSection,
  submitApplication,
  viewApplication,
} from '#functions/commands/applications.ts';
import { openOwnDocument } from '#functions/commands/document-opening.ts';
import { announceDocument, receiveDocument, removeDocument } from '#functions/commands/documents.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { fold, verifyChain } from '#shared/domain/event.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { fileKey } from '#shared/ports/files.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, bolat, granted, uploaded } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const closesAt = at('2022-10-04T12:00');

const remove = () => Promise.reject(new Error('cut off'));

/** Submitted, and opened again a day later. */
const opened = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const mine = { by: aigul, applicationId: await aCompleteIn(world, roundId) };
  const first = granted(await submitApplication(world, mine));
  world.clock.pass(86_400);
  granted(await beginAmendment(world, mine));
  const stateNow = async () => {
    const found = await world.records.find(applicationAggregate, mine.applicationId);
    if (found?.state.stage !== 'submitted') throw new Error('It is not submitted.');
    return found.state;
  };
  const file = (documentId: DocumentId) =>
    world.files.stored.has(fileKey('clean', mine.applicationId, documentId));
  const diploma = first.receipt.files[0]?.id;
  if (!diploma) throw new Error('No diploma was submitted.');
  const retype = async (motivation: string) => {
    const { sections } = granted(await viewApplication(world, mine));
    const typed = { motivation };
    const save = { ...mine, section: 'motivation', basedOn: sections.motivation.version, typed } as const;
    return saveSection(world, save);
  };
  return { world, roundId, mine, first, diploma, stateNow, file, retype };
};

const longer = 'Ауыл балаларына физиканы да үйреткім келеді. '.repeat(8);
const letters = (world: ReturnType<typeof aWorld>) =>
  [...world.records.outbox.values()].flatMap(({ body }) => (body.kind === 'letter' ? [body] : []));

describe('amending', () => {
  it('keeps the first submission in force until the second, which has a receipt and a letter of its own', async () => {
    const { world, mine, first, stateNow, retype } = await opened();
    granted(await retype(longer));

    expect(granted(await readReceipt(world, mine)).receipt).toEqual(first.receipt);
    const second = granted(await submitApplication(world, mine));

    expect(second.receipt).toMatchObject({ number: first.receipt.number, submission: 2 });
    expect(second.application.receipt).not.toBe(first.application.receipt);
    expect(await world.records.document((await stateNow()).form)).toMatchObject({
      motivation: longer.trim(),
    });
    expect(letters(world).map(({ template }) => template)).toEqual([
      'application-submitted',
      'application-amended',
    ]);
    expect(letters(world)[1]?.facts).toMatchObject({ receipt: second.application.receipt });
    const history = await world.records.history('application', mine.applicationId);
    expect(verifyChain(history)).toBeUndefined();
    expect(fold(applicationAggregate, history)).toEqual(await stateNow());
  });

  it('shows what is being changed to its owner, and what it still needs', async () => {
    const { world, mine, diploma, retype } = await opened();
    granted(await retype(''));
    granted(await removeDocument(world, { ...mine, documentId: diploma }));

    const view = granted(await viewApplication(world, mine));

    expect(view.sections.motivation.typed).toEqual({ motivation: '' });
    expect(view.draft?.documents).toEqual([]);
    expect(view.application.documents).toHaveLength(1);
    expect(view.missing.map(({ place }) => place)).toEqual(['motivation', 'documents.diploma']);
    expect(await submitApplication(world, mine)).toMatchObject({ error: { kind: 'incomplete' } });
  });

  it('keeps a replaced file until the new submission takes its place', async () => {
    const { world, mine, diploma, file } = await opened();
    granted(await removeDocument(world, { ...mine, documentId: diploma }));
    const better = await uploaded(world, mine, '%PDF-1.7 a better scan');

    expect([file(diploma), file(better)]).toEqual([true, true]);
    expect((await openOwnDocument(world, { ...mine, documentId: diploma })).ok).toBe(true);
    const { receipt } = granted(await submitApplication(world, mine));

    expect(receipt.files.map(({ id }) => id)).toEqual([better]);
    expect([file(diploma), file(better)]).toEqual([false, true]);
  });

  it('does not let an old upload form replace a file that is in force', async () => {
    const { world, mine, first, diploma } = await opened();
    const { applicationId } = mine;
    world.files.put(fileKey('quarantine', applicationId, diploma), '%PDF-1.7 another');

    await receiveDocument(world, { applicationId, documentId: diploma, scanning: false });

    expect(granted(await readReceipt(world, mine)).receipt).toEqual(first.receipt);
    expect(world.files.stored.has(fileKey('quarantine', applicationId, diploma))).toBe(false);
    expect(granted(await viewApplication(world, mine)).draft?.documents).toEqual(
      (await world.records.find(applicationAggregate, applicationId))?.state.documents,
    );
  });

  it('can be given up: the new file goes, the old one stays, and what arrives late is not kept', async () => {
    const { world, mine, first, diploma, file, stateNow } = await opened();
    granted(await removeDocument(world, { ...mine, documentId: diploma }));
    const extra = await uploaded(world, mine, '%PDF-1.7 given up');
    const { documentId: late } = granted(
      await announceDocument(world, { ...mine, requirement: 'recommendation' }),
    );

    granted(await giveUpAmendment(world, mine));
    granted(await giveUpAmendment(world, mine));
    world.files.put(fileKey('quarantine', mine.applicationId, late), '%PDF-1.7 late');
    const { applicationId } = mine;
    await receiveDocument(world, { applicationId, documentId: late, scanning: false });

    expect(await stateNow()).not.toHaveProperty('amendment');
    expect([file(diploma), file(extra)]).toEqual([true, false]);
    expect(world.files.stored.size).toBe(1);
    expect(granted(await readReceipt(world, mine)).receipt).toEqual(first.receipt);
  });

  it('takes away later what a crash left of the files behind', async () => {
    const { world, mine, diploma, file } = await opened();
    granted(await removeDocument(world, { ...mine, documentId: diploma }));
    await uploaded(world, mine, '%PDF-1.7 a better scan');
    await expect(submitApplication({ ...world, files: { ...world.files, remove } }, mine)).rejects.toThrow(
      'cut off',
    );
    expect(file(diploma)).toBe(true);

    const again = granted(await submitApplication(world, mine));

    expect(again.receipt).toMatchObject({ submission: 2 });
    expect(file(diploma)).toBe(false);
    expect(letters(world)).toHaveLength(2);
  });

  it('is not submitted by an old press of the button that comes late', async () => {
    const { world, mine, first } = await opened();

    const late = granted(await submitApplication(world, { ...mine, after: 0 }));

    expect(late.receipt).toEqual(first.receipt);
    expect(letters(world)).toHaveLength(1);
    expect(granted(await submitApplication(world, { ...mine, after: 1 })).receipt.submission).toBe(2);
  });

  it('twice at the same moment submits once', async () => {
    const { world, mine } = await opened();
    let other: unknown;
    world.records.interfere(async () => {
      other = await submitApplication(world, { ...mine, after: 1 });
    });

    const answer = await submitApplication(world, { ...mine, after: 1 });

    expect(answer).toEqual(other);
    expect(letters(world)).toHaveLength(2);
  });

  it('tells a second tab what the first one saved', async () => {
    const { world, mine, retype } = await opened();
    const save = { ...mine, section: 'work', basedOn: 0, typed: sectionsWell.work } as const;

    expect(await saveSection(world, { ...save, typed: { category: 'master' } })).toMatchObject({
      error: { kind: 'changed-meanwhile', stored: { section: 'work' } },
    });
    expect(await rankVacancies(world, { ...mine, basedOn: [], codes: [] })).toMatchObject({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
    granted(await retype(longer));
  });

  it('ends at the deadline: the last submission counts, and what was not submitted stays in nobody’s way', async () => {
    const { world, roundId, mine, first, retype } = await opened();
    granted(await retype(longer));
    world.clock.to(closesAt);

    expect(await submitApplication(world, mine)).toMatchObject({ error: { kind: 'too-late' } });
    expect(granted(await submitApplication(world, { ...mine, after: 0 })).receipt).toEqual(first.receipt);
    granted(await closeCall(world, roundId));
    const view = granted(await viewApplication(world, mine));

    expect(view).toMatchObject({ draft: undefined, missing: [] });
    expect(view.sections.motivation.typed).toEqual(sectionsWell.motivation);
    expect(granted(await readReceipt(world, mine)).receipt).toEqual(first.receipt);
  });

  it('belongs to the owner', async () => {
    const { world, mine, stateNow } = await opened();
    const theirs = { ...mine, by: bolat };

    expect(await giveUpAmendment(world, theirs)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await beginAmendment(world, theirs)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await stateNow()).toHaveProperty('amendment');
  });

  it('stands in the timeline with each submission', async () => {
    const { world, mine } = await opened();
    const open = granted(await ownTimeline(world, mine)).steps;
    granted(await submitApplication(world, mine));
    const submitted = granted(await ownTimeline(world, mine)).steps;

    expect(open.find(({ done }) => !done)).toMatchObject({ what: 'amendment-open', at: closesAt });
    expect(submitted.flatMap(({ what, done }) => (done ? [what] : []))).toEqual([
      'started',
      'submitted',
      'amended',
    ]);
  });
});
