import { beforeEach, describe, expect, it } from 'vitest';
import { readReceipt } from '#functions/commands/application-submission.ts';
import { submitApplication, withdrawApplication } from '#functions/commands/applications.ts';
import { readAnswers } from '#functions/commands/candidate-views.ts';
import {
  answerDataRequest,
  dataRequestList,
  readDataRequest,
} from '#functions/commands/data-request-answers.ts';
import {
  askCorrection,
  askErasure,
  myDataRequests,
  withdrawConsent,
} from '#functions/commands/data-requests.ts';
import { announceDocument, receiveDocument } from '#functions/commands/documents.ts';
import { erase } from '#functions/commands/erasing.ts';
import { changed } from '#functions/commands/storing.ts';
import { sweepErasures } from '#functions/sweep/erasures.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { personAggregate, registerPerson } from '#shared/domain/person.ts';
import { fileKey } from '#shared/ports/files.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import {
  aCallIn,
  aCompleteIn,
  administrator,
  aigul,
  aWorld,
  bolat,
  granted,
  type World,
} from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

let world: World;
beforeEach(() => {
  world = aWorld();
});

const letters = (): string[] =>
  [...world.records.outbox.values()].flatMap(({ body }) => (body.kind === 'letter' ? [body.template] : []));

const submitted = async (roundId: Awaited<ReturnType<typeof aCallIn>>, by = aigul) => {
  const applicationId = await aCompleteIn(world, roundId, by);
  granted(await submitApplication(world, { by, applicationId }));
  return applicationId;
};

describe('withdrawing the consent', () => {
  it('withdraws the application at once and gives staff 15 working days, holidays left out', async () => {
    const applicationId = await submitted(await aCallIn(world));
    const { state } = granted(await withdrawConsent(world, { by: aigul, applicationId }));

    // Fifteen working days after Tuesday 20 September, with no calendar imported: the end of 11 October in Almaty.
    expect(state).toMatchObject({ kind: 'consent-withdrawal', dueAt: at('2022-10-11T18:00') });
    expect((await world.records.find(applicationAggregate, applicationId))?.state).toMatchObject({
      stage: 'withdrawn',
      reasonCode: 'consent',
      consentVersion: expect.any(String),
    });
    expect(letters()).toEqual(expect.arrayContaining(['consent-withdrawn', 'application-withdrawn']));
  });

  it('pressed twice is one request', async () => {
    const applicationId = await submitted(await aCallIn(world));
    const first = granted(await withdrawConsent(world, { by: aigul, applicationId }));
    const again = granted(await withdrawConsent(world, { by: aigul, applicationId }));

    expect(again.id).toBe(first.id);
    expect(await myDataRequests(world, aigul)).toHaveLength(1);
  });

  it('stops the reading by the committee, of the form as of the documents', async () => {
    const { roundId, applications } = await aScreeningIn(world);
    const applicationId = applications[0]?.id;
    if (!applicationId) throw new Error('Nobody applied.');
    const command = { by: secretary, roundId, applicationId };
    expect((await readAnswers(world, command)).ok).toBe(true);

    granted(await withdrawConsent(world, { by: anApplicant(0), applicationId }));
    expect(await readAnswers(world, command)).toMatchObject({
      ok: false,
      error: { kind: 'not-found', what: 'document' },
    });
  });

  it('is on record, and ends the processing, of an application withdrawn before for another reason', async () => {
    const applicationId = await submitted(await aCallIn(world));
    granted(await withdrawApplication(world, { by: aigul, applicationId, reasonCode: 'personal' }));
    const application = async () => (await world.records.find(applicationAggregate, applicationId))?.state;
    const before = await application();
    granted(await withdrawConsent(world, { by: aigul, applicationId }));
    const after = await application();

    expect(before && endsProcessing(before)).toBe(false);
    expect(after).toMatchObject({ reasonCode: 'personal', consentWithdrawnAt: world.clock.now() });
    expect(after && endsProcessing(after)).toBe(true);
  });

  it('of somebody else’s application is not there', async () => {
    const applicationId = await submitted(await aCallIn(world));

    expect(await withdrawConsent(world, { by: bolat, applicationId })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
    expect(await askCorrection(world, { by: bolat, applicationId, text: 'x' })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });
});

describe('a request', () => {
  it('for a correction keeps what was typed, is due the next working day, and its reading is logged', async () => {
    const applicationId = await submitted(await aCallIn(world));
    const filed = granted(
      await askCorrection(world, { by: aigul, applicationId, text: 'The year was 1872, not 1827.' }),
    );
    const { open } = await dataRequestList(world);
    const read = granted(await readDataRequest(world, { by: administrator, id: filed.state.id }));

    expect(filed.state.dueAt).toBe(at('2022-09-21T18:00'));
    expect(open.map(({ request }) => request.id)).toEqual([filed.state.id]);
    expect(read).toMatchObject({ text: 'The year was 1872, not 1827.', number: expect.any(String) });
    expect(await world.readLog.of(`data-request#${filed.state.id}`)).toHaveLength(1);
  });

  it('with another text, while the first is open, is refused rather than lost', async () => {
    const applicationId = await submitted(await aCallIn(world));
    const ask = (text: string) => askCorrection(world, { by: aigul, applicationId, text });
    const first = granted(await ask('The year was 1872.'));

    expect(granted(await ask(' The year was 1872. ')).id).toBe(first.id);
    expect(await ask('And the school was another.')).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'text', message: 'rights.correct.open' }] },
    });
  });

  it('is refused only with a reason, which the person reads; a second answer loses', async () => {
    const applicationId = await submitted(await aCallIn(world));
    const { id } = granted(await askCorrection(world, { by: aigul, applicationId, text: 'x' })).state;
    const answer = (outcome: 'done' | 'refused', text: string) =>
      answerDataRequest(world, { by: administrator, id, outcome, text });

    expect(await answer('refused', '  ')).toMatchObject({ ok: false, error: { kind: 'reason-needed' } });
    granted(await answer('refused', 'The diploma says 1827.'));
    granted(await answer('refused', 'pressed twice'));
    expect(await answer('done', '')).toMatchObject({ ok: false, error: { kind: 'already-decided' } });
    expect(letters().filter((one) => one.startsWith('data-request'))).toEqual(['data-request-refused']);
    expect((await dataRequestList(world)).open).toEqual([]);
  });

  it('is sorted by when it is due, whenever it was asked', async () => {
    const roundId = await aCallIn(world);
    const one = await submitted(roundId);
    granted(await withdrawConsent(world, { by: aigul, applicationId: one }));
    world.clock.pass(3600);
    const other = await submitted(roundId, bolat);
    granted(await askCorrection(world, { by: bolat, applicationId: other, text: 'x' }));

    const { open } = await dataRequestList(world);
    expect(open.map(({ request }) => request.kind)).toEqual(['correction', 'consent-withdrawal']);
  });
});

const eraser = () => ({
  ...world,
  eraser: memoryEraser(world.records),
  erasures: memoryErasures(),
});

const registered = async (): Promise<void> => {
  const events = registerPerson(aigul.personId, world.clock.now());
  const { change } = changed(personAggregate, aigul.personId, undefined, events);
  await world.records.commit({ by: { kind: 'operator' }, changes: [change] });
};

describe('an erasure', () => {
  it('is not possible under selection; it is once the consent is withdrawn', async () => {
    const applicationId = await submitted(await aCallIn(world));
    expect(await askErasure(world, { by: aigul })).toMatchObject({
      ok: false,
      error: { kind: 'not-erasable', because: 'under-selection' },
    });

    granted(await withdrawConsent(world, { by: aigul, applicationId }));
    expect((await askErasure(world, { by: aigul })).ok).toBe(true);
  });

  it('leaves time for the last letter, then removes every text and file, and the chain and the receipt hold', async () => {
    const applicationId = await submitted(await aCallIn(world));
    await registered();
    granted(await withdrawConsent(world, { by: aigul, applicationId }));
    const { id } = granted(await askErasure(world, { by: aigul })).state;
    granted(await answerDataRequest(world, { by: administrator, id, outcome: 'done', text: '' }));
    const rows = [...world.records.outbox.values()];
    const row = rows.find(({ body }) => body.kind === 'erase');
    const letter = rows.find(({ body }) => body.kind === 'letter' && body.template === 'erasure-begun');
    if (row?.body.kind !== 'erase' || !letter) throw new Error('Nothing is erased, or nobody is told.');
    expect(row.at > letter.at).toBe(true);
    expect(world.records.documents.size).toBeGreaterThan(5);
    expect(world.files.stored.size).toBe(1);

    const deps = eraser();
    await erase(deps, row.body.of);
    await erase(deps, row.body.of);
    expect([...world.records.documents.keys()]).toEqual([]);
    expect(world.files.stored.size).toBe(0);
    expect(deps.eraser.accounts).toContain(aigul.personId);
    expect([...deps.erasures.list.keys()]).toEqual([`account/${aigul.personId}`]);
    expect(await checkRecord(world.records, { aggregate: 'application', id: applicationId })).toEqual({
      events: expect.any(Number),
    });
    const types = (await world.records.history('application', applicationId)).map(({ fact }) => fact.type);
    expect(types.filter((type) => type === 'application-erased')).toHaveLength(1);
    const receipt = await readReceipt(world, { by: aigul, applicationId });
    expect(receipt.ok && receipt.value.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('looks again at its own time: what keeps the account by then opens the request anew', async () => {
    const applicationId = await aCompleteIn(world, await aCallIn(world));
    const { id } = granted(await askErasure(world, { by: aigul })).state;
    granted(await answerDataRequest(world, { by: administrator, id, outcome: 'done', text: '' }));
    granted(await submitApplication(world, { by: aigul, applicationId }));
    world.clock.pass(3600);

    const deps = eraser();
    const account = { kind: 'account', id: aigul.personId } as const;
    await erase(deps, account);
    await erase(deps, account);

    expect(deps.eraser.accounts).toEqual([]);
    expect(deps.erasures.list.size).toBe(0);
    const { open } = await dataRequestList(world);
    expect(open.map(({ request }) => request.kind)).toEqual(['erasure']);
    granted(await withdrawConsent(world, { by: aigul, applicationId }));
    const again = { by: administrator, id: open[0]?.request.id ?? id, outcome: 'done', text: '' } as const;
    granted(await answerDataRequest(world, again));
    await erase(deps, account);
    expect(deps.eraser.accounts).toEqual([aigul.personId]);
  });

  it('leaves a draft that collects nothing more, neither sections nor files', async () => {
    const roundId = await aCallIn(world);
    const applicationId = await aCompleteIn(world, roundId);
    const coming = { by: aigul, applicationId, requirement: 'diploma' };
    const { documentId } = granted(await announceDocument(world, coming));
    await erase(eraser(), { kind: 'account', id: aigul.personId });
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 too late');

    const arrival = { applicationId, documentId, scanning: false };
    const gone = { ok: false, error: { kind: 'not-found' } };
    expect(await receiveDocument(world, arrival)).toMatchObject(gone);
    expect(world.files.stored.size).toBe(0);
    expect(await announceDocument(world, coming)).toMatchObject(gone);
    expect(await submitApplication(world, { by: aigul, applicationId })).toMatchObject(gone);
  });

  it('is carried out again after a restore from before it', async () => {
    const applicationId = await submitted(await aCallIn(world));
    await registered();
    const erasures = memoryErasures();
    await erasures.add({ kind: 'account', id: aigul.personId });
    await erasures.add({ kind: 'application', id: applicationId });

    expect(await sweepErasures({ commands: world, erasures })).toBe(2);
    expect(await sweepErasures({ commands: world, erasures })).toBe(0);
    const erased = [...world.records.outbox.values()].filter(({ body }) => body.kind === 'erase');
    expect(erased).toHaveLength(2);
    for (const { body } of erased)
      if (body.kind === 'erase') await erase({ ...eraser(), erasures }, body.of, body.because);
    expect((await world.records.find(applicationAggregate, applicationId))?.state.erasedAt).toBeDefined();

    // Somebody else is erased in the ordinary way: the list moves, nobody is erased twice.
    await erasures.add({ kind: 'account', id: bolat.personId });
    expect(await sweepErasures({ commands: world, erasures })).toBe(0);
  });
});
