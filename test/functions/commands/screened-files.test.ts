import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { candidatePlace, screeningView } from '#functions/commands/candidate-views.ts';
import { receiveDocument } from '#functions/commands/documents.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, takeProposalBack, vote } from '#functions/commands/gate-work.ts';
import { askApplicant } from '#functions/commands/inquiries.ts';
import { sendAnswer } from '#functions/commands/inquiry-answer.ts';
import { announceAnswerFile } from '#functions/commands/inquiry-files.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { workOwed } from '#functions/commands/work-owed.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { DocumentId, type RoundId } from '#shared/domain/ids.ts';
import { confirmJudgement } from '#shared/domain/screening.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { fileKey } from '#shared/ports/files.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  anApplicant,
  anIin,
  aScreeningIn,
  candidacyOf,
  chair,
  dana,
  erlan,
  gateIn,
  members,
  roundIn,
  secretary,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { held, heldAtGate } from './screened-file-scene.ts';

const now = at('2022-10-06T04:00');
const file = aRoundFile();
const diploma = file.documents.find(({ code }) => code === 'diploma')?.title;

const owed = async (world: World, roundId: RoundId) => {
  const round = await roundIn(world, roundId);
  const committee = await world.records.find(committeeAggregate, roundId);
  if (!committee) throw new Error('There is no committee.');
  return await workOwed(world, { round, committee: committee.state, file });
};

const drawn = (world: World, roundId: RoundId) => drawUpProposal(world, { by: secretary, roundId });

const listIn = async (world: World, roundId: RoundId): Promise<StandingList> =>
  StandingList.parse(JSON.parse(await world.records.blob((await gateIn(world, roundId))?.proposal ?? '')));

const lettersTo = (world: World, person: string): string[] =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.personId === person ? [body.template] : [],
  );

describe('an application whose required document waits for the scanner', () => {
  it('is not decided, is owed by no member, and says which document it is', async () => {
    const { world, roundId, applicationId } = await heldAtGate();

    expect(await drawn(world, roundId)).toEqual({
      ok: false,
      error: { kind: 'scans-awaited', remaining: 1, documents: [diploma] },
    });
    expect((await owed(world, roundId)).size).toBe(0);
    const { candidate } = granted(await candidatePlace(world, { by: dana, roundId, applicationId }));
    expect(candidate.verdict).toBeUndefined();
    expect(candidate.screened).toMatchObject({ missing: [], waiting: ['diploma'] });
  });

  it('is admitted as proposed once the file is clean', async () => {
    const { world, roundId, applicationId, scanned } = await heldAtGate();

    await scanned('clean');
    await scanned('clean');

    granted(await drawn(world, roundId));
    expect((await listIn(world, roundId)).standings).toMatchObject([{ applicationId, outcome: 'goes-on' }]);
    expect(lettersTo(world, secretary.id)).toEqual([]);
  });

  it.for(['infected', 'unreadable'] as const)(
    'waits for a person once the file was thrown away as %s, and the secretary hears of it',
    async (says) => {
      const { world, roundId, applicationId, scanned } = await heldAtGate();

      await scanned(says);
      await scanned(says);

      expect(lettersTo(world, secretary.id)).toEqual([`committee-document-${says}`]);
      expect(await drawn(world, roundId)).toMatchObject({ error: { kind: 'unfinished-work', remaining: 1 } });
      expect((await owed(world, roundId)).get(dana.id)).toEqual([applicationId]);
      const reason = 'There is no diploma.';
      granted(
        await judgeApplication(world, { by: dana, roundId, applicationId, verdict: 'refused', reason }),
      );
      granted(await drawn(world, roundId));
      expect((await listIn(world, roundId)).standings).toMatchObject([
        { outcome: 'stops', reasons: ['missing-document:diploma'] },
      ]);
    },
  );

  it('is decided by a person who does not wait for it', async () => {
    const { world, roundId, applicationId } = await heldAtGate();
    const judging = { by: dana, roundId, applicationId, verdict: 'admitted', reason: '' } as const;

    granted(await judgeApplication(world, judging));

    expect((await drawn(world, roundId)).ok).toBe(true);
  });

  it('misses no look of the scanner that comes while its screening begins', async () => {
    const { world, roundId, applicationId, scanned } = await held();
    world.records.interfere(() => prepareScreening(world, roundId));

    await scanned('infected');

    const { screened } = await candidacyOf(world, applicationId);
    expect(screened).toMatchObject({ missing: ['diploma'], proposal: 'unclear' });
    expect(screened.waiting).toBeUndefined();
  });
});

describe('a judgement that was made before the scanner looked at a file', () => {
  const judging = { by: dana, verdict: 'admitted', reason: '' } as const;

  /** Judged while nobody could open the diploma; then the scanner looks. */
  const judgedBefore = async (says: 'clean' | 'infected' | 'unreadable') => {
    const scene = await heldAtGate();
    const { world, roundId, applicationId } = scene;
    const judges = () => judgeApplication(world, { ...judging, roundId, applicationId });
    granted(await judges());
    const before = await drawn(world, roundId);
    granted(await takeProposalBack(world, { by: secretary, roundId }));
    await scene.scanned(says);
    await scene.scanned(says);
    return { ...scene, judges, before };
  };

  it.for(['clean', 'infected', 'unreadable'] as const)(
    'counts no more once it says %s, stays to be read, and is made again',
    async (says) => {
      const { world, roundId, applicationId, judges, before } = await judgedBefore(says);
      expect(before.ok).toBe(true);

      const place = { by: dana, roundId, applicationId };
      const { candidate } = granted(await candidatePlace(world, place));
      expect([candidate.verdict, candidate.judged]).toMatchObject([
        undefined,
        { verdict: 'admitted', again: says },
      ]);
      expect((await owed(world, roundId)).get(dana.id)).toEqual([applicationId]);
      expect(await drawn(world, roundId)).toMatchObject({ error: { kind: 'unfinished-work', remaining: 1 } });
      const letter = says === 'clean' ? 'committee-judge-again' : `committee-document-${says}`;
      expect(lettersTo(world, secretary.id)).toEqual([letter]);

      granted(await judges());

      expect((await candidacyOf(world, applicationId)).judgement?.outdated).toBeUndefined();
      expect((await drawn(world, roundId)).ok).toBe(true);
    },
  );

  it('is not confirmed by a second member either', () => {
    const judgement = { verdict: 'admitted', by: dana.id, at: now, awaits: 'second' } as const;
    const look = { at: now, says: 'infected', document: DocumentId.parse('D0CVMENT100000000000') } as const;
    const candidacy = aCandidacy({ judgement: { ...judgement, outdated: look } });

    expect(confirmJudgement(candidacy, { by: erlan.id, seen: now }, now)).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('lets no list be decided that lay on the table already', async () => {
    const { world, roundId, applicationId, scanned } = await heldAtGate();
    granted(await judgeApplication(world, { ...judging, roundId, applicationId }));
    const { proposal } = granted(await drawn(world, roundId)).state;
    if (!proposal) throw new Error('Nothing was drawn up.');
    for (const by of [chair, ...members])
      granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
    await scanned('infected');

    expect(await advanceRound(world, { by: chair, roundId, proposal })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1 },
    });
  });

  it('stands where screening was decided before the scanner looked', async () => {
    const { world, roundId, applicationId, scanned } = await heldAtGate();
    granted(await judgeApplication(world, { ...judging, roundId, applicationId }));
    await advanceIn(world, roundId);

    await scanned('infected');

    expect((await candidacyOf(world, applicationId)).judgement).toMatchObject({ verdict: 'admitted' });
    expect((await candidacyOf(world, applicationId)).judgement?.outdated).toBeUndefined();
  });

  it.for(locales)('stands among what is open in %s, with what to do', async (locale) => {
    const { world, roundId, applicationId } = await judgedBefore('clean');
    const t = translator(locale);
    const { get } = await aCommitteeSite(world).signIn(dana);

    const list = await get(`/${locale}/committee/rounds/${roundId}/screening?show=open`);
    const page = await get(`/${locale}/committee/rounds/${roundId}/screening/${applicationId}`);

    expect(list.text).toContain(t('screening.state.again'));
    expect(page.text).toContain(t('screening.again.clean'));
  });
});

describe('an application that was mended during screening', () => {
  it('lacks no document that came when it was asked for, whatever it is refused for afterwards', async () => {
    const { world, roundId, applicationId, mine, scanned } = await heldAtGate();
    await scanned('infected');
    const place = { by: secretary, roundId, applicationId };
    const asking = { ...place, question: 'Your diploma, please.', requirement: 'diploma', workingDays: 2 };
    granted(await askApplicant(world, asking));
    const inquiry = (await candidacyOf(world, applicationId)).inquiries?.at(-1)?.id;
    if (!inquiry) throw new Error('Nothing was asked.');
    const { documentId } = granted(await announceAnswerFile(world, { ...mine, inquiry }));
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 the other diploma');
    granted(await receiveDocument(world, { applicationId, documentId, scanning: false }));
    granted(await sendAnswer(world, { ...mine, inquiry, text: '' }));

    const [listed] = granted(await screeningView(world, { by: dana, roundId })).candidates;
    const { candidate } = granted(await candidatePlace(world, { ...place, by: dana }));
    expect([listed?.screened.missing, candidate.screened.missing]).toEqual([[], []]);
    const refusing = { ...place, by: dana, verdict: 'refused', reason: 'It is of somebody else.' } as const;
    granted(await judgeApplication(world, refusing));
    granted(await drawn(world, roundId));
    expect((await listIn(world, roundId)).standings).toMatchObject([
      { outcome: 'stops', reasons: ['judged'] },
    ]);
  });

  it('is alone with its IIN once the other application with it was withdrawn', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}, { iin: anIin(0) }]);
    const [one, other] = applications;
    if (!one || !other) throw new Error('Two applied.');
    const place = { by: dana, roundId, applicationId: one.id };
    const shown = async () => granted(await candidatePlace(world, place)).candidate.screened.sameIin;
    expect(await shown()).toEqual([other.number]);

    const leaving = { by: anApplicant(1), applicationId: other.id, reasonCode: 'mistake' } as const;
    granted(await withdrawApplication(world, leaving));

    expect(await shown()).toEqual([]);
    const listed = granted(await screeningView(world, { by: dana, roundId })).candidates;
    expect(listed.find(({ applicationId }) => applicationId === one.id)?.screened.sameIin).toEqual([]);
    granted(await judgeApplication(world, { ...place, verdict: 'refused', reason: 'No.' }));
    granted(await drawn(world, roundId));
    const { standings } = await listIn(world, roundId);
    expect(standings.find(({ applicationId }) => applicationId === one.id)?.reasons).toEqual(['judged']);
  });
});
