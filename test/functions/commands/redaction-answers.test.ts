import { describe, expect, it } from 'vitest';
import { submitApplication } from '#functions/commands/applications.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import { releaseText, releaseWhole, withholdCopy } from '#functions/commands/redaction.ts';
import { readRedaction, redactionOverview } from '#functions/commands/redaction-views.ts';
import { nameReferee } from '#functions/commands/references.ts';
import { readCopies } from '#functions/commands/released-copies.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { changed } from '#functions/commands/storing.ts';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { SeatKind } from '#shared/domain/committee.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { type ApplicationId, InquiryId, type RefereeId } from '#shared/domain/ids.ts';
import { redacted } from '#shared/domain/redaction-proposal.ts';
import { referencesAggregate } from '#shared/domain/reference.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, granted, type World } from '#test/builders/scenes.ts';
import { chair, committeeChangedIn, dana, members, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const inquiry = InquiryId.parse('N'.repeat(20));

const answered = 'My diploma, of which you ask, is of 2015. Айгүл Сапарова.';
const written = {
  known: 'Колледж директоры Бақыт Қасымов ретінде үш жыл білемін.',
  recommends: 'yes',
  text: 'Айгүл Сапарова — шебер ұстаз. Б. Қасымов, 8 (701) 000-00-77.',
};

/** The applicant has answered, and so has the referee. */
const answersIn = async (world: World, applicationId: ApplicationId): Promise<RefereeId> => {
  const now = world.clock.now();
  const document = (kind: 'inquiry' | 'reference', version: number, body: unknown) =>
    writeDocument({ owner: `application#${applicationId}`, kind, version }, body, 'salt');
  const question = document('inquiry', 101, { text: 'Which diploma?' });
  const answer = document('inquiry', 102, { text: answered });
  const reference = document('reference', 104, written);
  const candidacy = await world.records.find(candidacyAggregate, applicationId);
  const references = await world.records.find(referencesAggregate, applicationId);
  const [referee] = references?.state.referees ?? [];
  if (!referee) throw new Error('Nobody was named.');
  const facts: CandidacyEvent[] = [
    { type: 'inquiry-made', at: now, inquiry, by: secretary.id, dueAt: now, question: question.ref },
    { type: 'inquiry-answered', at: now, inquiry, answer: answer.ref, documents: [] },
  ];
  const given = { type: 'reference-given', at: now, referee: referee.id, answer: reference.ref } as const;
  granted(
    await world.records.commit({
      by: { kind: 'operator' },
      changes: [
        changed(candidacyAggregate, applicationId, candidacy, facts).change,
        changed(referencesAggregate, applicationId, references, [given]).change,
      ],
      documents: [question, answer, reference],
    }),
  );
  return referee.id;
};

const contact = {
  name: 'Бақыт Қасымов',
  position: 'директор',
  mail: 'b@example.kz',
  relation: 'head',
  locale: 'kk',
} as const;

const references = {
  count: 1,
  confidential: true,
  remindAfterWorkingDays: 3,
  source: 'A sample',
  confidence: 'unverified',
  verifiedOn: '2022-08-01',
} as const;

/** Screening of one application that was asked something, and for which a referee wrote. */
const asked = async (missing: 'stop' | 'warn' = 'stop') => {
  const { blind } = aRoundFile();
  const shown = { texts: [], documents: [], answers: true as const, references: true as const, missing };
  const over = { blind: { ...blind, shown }, references };
  const world = aWorld();
  const roundId = await aCallIn(world, asUpload(aRoundFile(over)));
  const applicationId = await aCompleteIn(world, roundId);
  const mine = { by: aigul, applicationId };
  granted(await nameReferee(world, { ...mine, slot: 1, contact }));
  granted(await submitApplication(world, mine));
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  await committeeChangedIn(
    world,
    roundId,
    [chair, ...members, secretary].map(({ id: personId, role }) => ({
      type: 'seat-given',
      at: world.clock.now(),
      roundId,
      personId,
      seat: SeatKind.parse(role),
    })),
  );
  await prepareScreening(world, roundId);
  granted(await openGate(world, { roundId, token: 'screening' }));
  const item = await answersIn(world, applicationId);
  const on = { by: secretary, roundId, applicationId };
  const items = async () => granted(await readRedaction(world, on)).items;
  const copies = async () => granted(await readCopies(world, { ...on, by: chair }));
  const overview = async () => granted(await redactionOverview(world, { by: secretary, roundId }));
  return { world, roundId, on, referee: item, items, copies, overview };
};

describe('what was typed to the committee and what referees wrote', () => {
  it('is offered beside a proposal that tells neither the applicant nor the referee', async () => {
    const { items, referee } = await asked();
    const [answer, reference] = await items();

    expect([answer, reference]).toMatchObject([
      { kind: 'answer', item: inquiry, place: 1, standing: 'missing', text: { original: answered } },
      { kind: 'reference', item: referee, place: 1, standing: 'missing' },
    ]);
    expect(reference?.text?.original).toBe(`${written.known}\n\n${written.text}`);
    const proposed = [answer, reference].map((one) =>
      redacted(one?.text?.original ?? '', one?.text?.found ?? []),
    );
    for (const text of proposed) expect(text).not.toMatch(/Айгүл|Сапаров|Қасымов|Бақыт|000-00-77/);
    expect(proposed[1]).toContain('шебер ұстаз');
  });

  it('is missing until each was released or withheld, and scoring waits for it', async () => {
    const { world, roundId, on, referee, overview, copies } = await asked();

    expect((await overview()).totals).toMatchObject({ wanted: 2, open: 2 });
    const judged = { ...on, by: dana, verdict: 'admitted', reason: 'The diploma is right.' } as const;
    granted(await judgeApplication(world, judged));
    expect(await drawUpProposal(world, { by: secretary, roundId })).toEqual({
      ok: false,
      error: { kind: 'copies-needed', remaining: 2 },
    });
    const told = await releaseText(world, { ...on, item: referee, text: 'Б. Қасымов', sure: false });
    expect(told).toMatchObject({ error: { kind: 'invalid', faults: [{ place: 'copy' }] } });
    expect(await releaseWhole(world, { ...on, item: inquiry, sure: false })).toMatchObject({
      error: { kind: 'invalid' },
    });
    expect(await copies()).toMatchObject([{ standing: 'not-yet' }, { standing: 'not-yet' }]);
    granted(await releaseText(world, { ...on, item: referee, text: 'A master of the trade.', sure: false }));
    granted(await withholdCopy(world, { ...on, item: inquiry, reason: 'Nothing that is scored.' }));

    expect(await copies()).toEqual([
      {
        kind: 'answer',
        item: inquiry,
        requirement: undefined,
        place: 1,
        standing: 'withheld',
        text: undefined,
        bytes: undefined,
      },
      {
        kind: 'reference',
        item: referee,
        requirement: undefined,
        place: 1,
        standing: 'released',
        text: 'A master of the trade.',
        bytes: undefined,
      },
    ]);
    expect((await overview()).totals).toMatchObject({ wanted: 2, released: 1, withheld: 1, open: 0 });
    granted(await drawUpProposal(world, { by: secretary, roundId }));
  });
});
