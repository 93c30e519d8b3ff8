import { describe, expect, it } from 'vitest';
import { candidatePlace } from '#functions/commands/candidate-views.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { takeProposalBack, vote } from '#functions/commands/gate-work.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { confirmJudgement } from '#shared/domain/screening.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, candidacyOf, chair, dana, erlan, members, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { drawn, heldAtGate, lettersTo, owed } from './screened-file-scene.ts';

const now = at('2022-10-06T04:00');

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

describe('a judgement that was made before the scanner looked at a file', () => {
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
