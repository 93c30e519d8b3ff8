import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { readReceipt, withdrawApplication } from '#functions/commands/applications.ts';
import { readAnswers } from '#functions/commands/candidate-views.ts';
import { checkDocument } from '#functions/commands/document-checking.ts';
import { openDocument, openOwnDocument } from '#functions/commands/document-opening.ts';
import { receiveDocument, removeAnswerFile } from '#functions/commands/documents.ts';
import { ownInquiries, saveAnswer, sendAnswer } from '#functions/commands/inquiry-answer.ts';
import { remindOfInquiry } from '#functions/commands/inquiry-reminder.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { InquiryId } from '#shared/domain/ids.ts';
import { fileKey } from '#shared/ports/files.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, dana, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { anInquiryScene, dueAt, question } from './inquiry-scene.ts';

describe('an applicant who was asked', () => {
  it('has it as the next thing to do', async () => {
    const { world, ask, mine, inquiryNow } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();

    const open = granted(await ownTimeline(world, mine)).steps;
    world.clock.to(dueAt);
    const lapsed = granted(await ownTimeline(world, mine)).steps;

    expect(open.find(({ done }) => !done)).toMatchObject({ what: 'inquiry-open', at: dueAt, inquiry });
    expect(lapsed.find(({ what }) => what === 'inquiry-lapsed')).toMatchObject({ done: true, at: dueAt });
  });

  it('answers with a text that the secretary reads, on record, in a blind stage', async () => {
    const { world, ask, mine, inquiryNow, letters, committee } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();

    granted(await sendAnswer(world, { ...mine, inquiry, text: ' KazNPU, 2015. ' }));

    const { inquiries } = granted(await readAnswers(world, committee(secretary)));
    expect(inquiries).toMatchObject([
      { question, answer: 'KazNPU, 2015.', asked: { standing: 'answered' }, documents: [] },
    ]);
    expect(letters()).toEqual(['inquiry-made', 'inquiry-answered']);
    expect(await world.readLog.of(`application#${mine.applicationId}`)).toHaveLength(1);
  });

  it('answers with a file, which leaves what was submitted as it was', async () => {
    const { world, ask, mine, inquiryNow, upload, committee } = await anInquiryScene();
    const before = granted(await readReceipt(world, mine));
    granted(await ask({ requirement: 'diploma' }));
    const { id: inquiry } = await inquiryNow();
    const documentId = await upload(inquiry);

    expect(await openDocument(world, { ...committee(secretary), documentId })).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect((await openOwnDocument(world, { ...mine, documentId })).ok).toBe(true);
    granted(await sendAnswer(world, { ...mine, inquiry, text: '' }));

    expect((await openDocument(world, { ...committee(secretary), documentId })).ok).toBe(true);
    expect(granted(await readAnswers(world, committee(secretary))).inquiries[0]?.documents).toHaveLength(1);
    expect(granted(await readReceipt(world, mine))).toEqual(before);
  });

  it.for([
    ['clean', { status: 'received' }],
    ['infected', { status: 'refused', fault: 'malware' }],
    ['unreadable', { status: 'refused', fault: 'unreadable' }],
  ] as const)('has a file of the answer scanned: %s', async ([verdict, outcome]) => {
    const { world, ask, mine, inquiryNow, upload } = await anInquiryScene();
    granted(await ask({ requirement: 'diploma' }));
    const { id: inquiry } = await inquiryNow();
    const documentId = await upload(inquiry, true);
    const before = await inquiryNow();
    const { applicationId } = mine;

    await checkDocument({ ...world, scanner: async () => verdict }, { applicationId, documentId });
    await checkDocument({ ...world, scanner: async () => verdict }, { applicationId, documentId });

    const [file] = (await inquiryNow()).documents;
    expect(before.documents).toMatchObject([{ status: 'received', held: true }]);
    expect(file).not.toHaveProperty('held');
    expect(file).toMatchObject(outcome);
    expect((await openOwnDocument(world, { ...mine, documentId })).ok).toBe(verdict === 'clean');
    expect((await sendAnswer(world, { ...mine, inquiry, text: '' })).ok).toBe(verdict === 'clean');
  });

  it('that is infected and was sent is marked, opens for nobody, and its owner is told', async () => {
    const { world, ask, mine, inquiryNow, upload, committee } = await anInquiryScene();
    granted(await ask({ requirement: 'diploma' }));
    const { id: inquiry } = await inquiryNow();
    const documentId = await upload(inquiry, true);
    granted(await sendAnswer(world, { ...mine, inquiry, text: '' }));

    const { applicationId } = mine;
    await checkDocument({ ...world, scanner: async () => 'infected' }, { applicationId, documentId });

    const [file] = (await inquiryNow()).documents;
    expect(file).toMatchObject({ status: 'received', infectedAt: world.clock.now() });
    expect(file).not.toHaveProperty('held');
    expect([...world.records.outbox.keys()]).toContain(`document-infected#${documentId}`);
    expect(await openDocument(world, { ...committee(secretary), documentId })).toMatchObject({
      error: { kind: 'document-unchecked' },
    });
  });

  it('takes a file out again, and one that comes for nobody is not kept', async () => {
    const { world, ask, mine, inquiryNow, upload } = await anInquiryScene();
    granted(await ask({ requirement: 'diploma' }));
    const { id: inquiry } = await inquiryNow();
    const stored = world.files.stored.size;
    const documentId = await upload(inquiry);

    granted(await removeAnswerFile(world, { ...mine, inquiry, documentId }));
    const { applicationId } = mine;
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 again');
    await receiveDocument(world, { applicationId, documentId, scanning: false });

    expect((await inquiryNow()).documents).toEqual([]);
    expect(world.files.stored.size).toBe(stored);
  });

  it('does not replace a file that was sent, with its old upload form', async () => {
    const { world, ask, mine, inquiryNow, upload } = await anInquiryScene();
    granted(await ask({ requirement: 'diploma' }));
    const { id: inquiry } = await inquiryNow();
    const documentId = await upload(inquiry);
    granted(await sendAnswer(world, { ...mine, inquiry, text: '' }));
    const before = await inquiryNow();

    const { applicationId } = mine;
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 another');
    await receiveDocument(world, { applicationId, documentId, scanning: false });

    expect(await inquiryNow()).toEqual(before);
    expect(world.files.stored.has(fileKey('quarantine', applicationId, documentId))).toBe(false);
  });

  it('keeps what is typed, and a second window is told', async () => {
    const { world, ask, mine, inquiryNow } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();
    const save = (text: string, basedOn: number) => saveAnswer(world, { ...mine, inquiry, text, basedOn });

    const first = granted(await save('KazNPU', 0));
    granted(await save('KazNPU', 0));
    const second = await save('Abai University', 0);

    const version = first.draft?.version;
    expect(second).toMatchObject({
      error: { kind: 'changed-meanwhile', stored: { version, fields: { text: 'KazNPU' } } },
    });
    granted(await save('Abai University', version ?? 0));
    expect(granted(await ownInquiries(world, mine)).inquiries).toMatchObject([{ text: 'Abai University' }]);
  });

  it('does not send an answer past what a second window kept', async () => {
    const { world, ask, mine, inquiryNow } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();
    const kept = granted(await saveAnswer(world, { ...mine, inquiry, text: 'KazNPU, 2015', basedOn: 0 }));
    const version = kept.draft?.version ?? 0;
    const send = (text: string, basedOn: number) => sendAnswer(world, { ...mine, inquiry, text, basedOn });

    expect(await send('KazNPU', 0)).toMatchObject({
      error: { kind: 'changed-meanwhile', stored: { version, fields: { text: 'KazNPU, 2015' } } },
    });
    expect((await inquiryNow()).status).toBe('open');
    expect((await send('KazNPU', version)).ok).toBe(true);
  });

  it('answers once: the same again is the same answer, another one is too late', async () => {
    const { world, ask, mine, inquiryNow, letters } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();
    const send = (text: string) => sendAnswer(world, { ...mine, inquiry, text });
    let other: unknown;
    world.records.interfere(async () => {
      other = await send('KazNPU');
    });

    expect(await send('KazNPU')).toEqual(other);
    expect(await send('KazNPU')).toEqual(other);
    expect(await send('Abai University')).toMatchObject({
      error: { kind: 'inquiry-ended', status: 'answered' },
    });
    expect(letters()).toEqual(['inquiry-made', 'inquiry-answered']);
  });

  it('is too late at the end of the clock, and after the stage', async () => {
    const { world, roundId, ask, mine, inquiryNow, committee } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();
    world.clock.to(dueAt);

    const late = { error: { kind: 'inquiry-ended', status: 'lapsed' } };
    expect(await sendAnswer(world, { ...mine, inquiry, text: 'KazNPU' })).toMatchObject(late);
    const reason = 'Nothing came.';
    granted(await judgeApplication(world, { ...committee(dana), verdict: 'admitted', reason }));
    await advanceIn(world, roundId);
    expect(await saveAnswer(world, { ...mine, inquiry, text: 'KazNPU', basedOn: 0 })).toMatchObject(late);
    expect(await ask()).toMatchObject({ error: { kind: 'wrong-stage' } });
  });

  it('answers for nobody else, and not after withdrawing', async () => {
    const { world, ask, mine, inquiryNow } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();
    const answer = { ...mine, inquiry, text: 'KazNPU' };
    const unknown = InquiryId.parse('N0S0CH00000000000000');

    expect(await sendAnswer(world, { ...answer, by: anApplicant(1) })).toMatchObject({
      error: { kind: 'not-found', what: 'application' },
    });
    expect(await sendAnswer(world, { ...answer, inquiry: unknown })).toMatchObject({
      error: { kind: 'not-found', what: 'inquiry' },
    });
    granted(await withdrawApplication(world, { ...mine, reasonCode: 'personal' }));
    expect(await sendAnswer(world, answer)).toMatchObject({ error: { kind: 'not-in-stage' } });
  });

  it('is reminded in the morning of the last day, once, and only while the answer is awaited', async () => {
    const { world, ask, mine, inquiryNow, letters } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();
    const row = world.records.outbox.get(`remind-inquiry#${inquiry}`);
    if (row?.body.kind !== 'remind-inquiry') throw new Error('Nobody would remind.');

    expect(row.at).toBe(at('2022-10-06T03:00'));
    world.clock.to(row.at);
    await remindOfInquiry(world, row.body);
    await remindOfInquiry(world, row.body);
    expect(letters()).toEqual(['inquiry-made', 'inquiry-reminder']);
    granted(await sendAnswer(world, { ...mine, inquiry, text: 'KazNPU' }));
    world.records.outbox.delete(`inquiry-reminder#${inquiry}`);
    await remindOfInquiry(world, row.body);
    expect(letters()).toEqual(['inquiry-made', 'inquiry-answered']);
  });
});
