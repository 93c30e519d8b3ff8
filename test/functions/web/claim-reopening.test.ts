import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { grounds, published, text, uphold } from '#test/builders/claims.ts';
import { chair, members, nth } from '#test/builders/interview-scenes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const provenance = { source: 'Sample', confidence: 'unverified', verifiedOn: '2026-11-26' } as const;
const second = nth(members, 0);

const aSite = async (verdict: 'upheld' | 'rejected' = 'upheld') => {
  const { world, roundId, candidates } = await published(
    aRoundFile({ claims: { workingDays: 2, ...provenance } }),
  );
  const mine = nth(candidates, 1);
  const claimId = granted(await makeClaim(world, { ...mine, grounds, text })).state.id;
  const decision = { by: chair, roundId, claimId, reason: 'Есептелмеген екен.' };
  const corrected = { scoring: 90, interview: 90 };
  granted(
    verdict === 'upheld'
      ? await uphold(world, { ...decision, corrected })
      : await settleClaim(world, { ...decision, verdict }),
  );
  const site = aSelectionSite(world);
  const [leading, reading] = [await site.staff(chair), await site.staff(second)];
  const applicant = await site.applicant(mine.by);
  return { world, roundId, claimId, mine, leading, reading, applicant };
};

const hidden = (html: string, name: string): string =>
  parse(html).querySelector(`main input[name=${name}]`)?.getAttribute('value') ?? '';

describe('reopening a claim on pages', () => {
  it.for(locales)(
    'is asked for and confirmed by two people, and told to its owner, in %s',
    async (locale) => {
      const { roundId, claimId, mine, leading, reading, applicant } = await aSite();
      const t = translator(locale);
      const claim = `/${locale}/committee/rounds/${roundId}/claims/${claimId}`;
      const page = `${claim}/reopening`;
      expect((await leading.get(claim)).text).toContain(`href="${page}"`);
      expect((await reading.get(claim)).text, 'nobody else asks').not.toContain(`href="${page}"`);
      const asking = await leading.get(page);
      for (const said of [t('results.claim.reopen.text'), mine.application.number, t('replay.affected')])
        expect(asking.text).toContain(said);
      const shown = hidden(asking.text, 'shown');
      expect((await leading.post(page, { shown, reason: '' })).status).toBe(422);
      const stale = await leading.post(page, { shown: 'f'.repeat(64), reason: 'Қате.' });
      expect([stale.status, stale.text.includes('Қате.')]).toEqual([409, true]);
      expect((await leading.post(page, { shown, reason: 'Қате.' })).location).toContain(
        'results.done.reopening',
      );
      const own = `/${locale}/applications/${mine.applicationId}/claim`;
      expect((await applicant.get(own)).text).not.toContain('Қате.');
      const [waits, list] = [
        (await reading.get(claim)).text,
        (await reading.get(`/${locale}/committee/rounds/${roundId}/claims`)).text,
      ];
      for (const said of [t('results.claim.reopen.waits'), 'Қате.', `href="${page}"`])
        expect(waits).toContain(said);
      expect(list).toContain(t('results.claims.reopening', { count: 1 }));
      expect((await leading.get(page)).text).toContain(t('results.claim.reopen.own'));
      expect((await leading.post(`${page}/confirmation`, { shown })).status).toBe(409);

      const confirming = await reading.get(page);
      const done = await reading.post(`${page}/confirmation`, { shown: hidden(confirming.text, 'shown') });
      expect(done.location).toBe(`${claim}?done=results.done.reopened`);

      const [again, told] = [(await leading.get(claim)).text, (await applicant.get(own)).text];
      const status = t('results.claim.status.upheld');
      for (const read of [again, told]) {
        expect(read).toContain('Қате.');
        expect(read).toContain('Есептелмеген екен.');
        expect(read).toContain(status);
      }
      expect(again).toContain(t('results.claim.decide'));
      expect((await applicant.get(`${own}/withdrawal`)).text).toContain(t('results.claim.withdraw.reopened'));
      expect((await leading.get(page)).status).toBe(409);
    },
  );

  it('of a rejected claim changes nothing in the results, and may be refused', async () => {
    const { roundId, claimId, leading, reading } = await aSite('rejected');
    const t = translator('en');
    const claim = `/en/committee/rounds/${roundId}/claims/${claimId}`;
    const asking = await leading.get(`${claim}/reopening`);
    expect(asking.text).toContain(t('results.claim.reopen.nothing'));
    await leading.post(`${claim}/reopening`, {
      shown: hidden(asking.text, 'shown'),
      reason: 'A paper was found.',
    });
    expect((await reading.post(`${claim}/reopening/refusal`, { reason: '' })).status).toBe(422);
    const refused = await reading.post(`${claim}/reopening/refusal`, { reason: 'It says nothing new.' });
    expect(refused.location).toBe(`${claim}?done=results.done.notReopened`);

    expect((await leading.get(claim)).text).toContain('It says nothing new.');
  });

  it('is the same to programs', async () => {
    const { roundId, claimId, mine, leading, reading, applicant } = await aSite();
    const api = `/api/rounds/${roundId}/claims/${claimId}/reopening`;
    const { shown, waiting, affected } = JSON.parse((await leading.get(api)).text);
    expect([waiting, affected.length > 0]).toEqual([false, true]);
    expect((await leading.json('POST', api, { reason: 'Қате.' })).status).toBe(422);
    const stale = await leading.json('POST', api, { reason: 'Қате.', shown: 'f'.repeat(64) });
    expect(JSON.parse(stale.text)).toMatchObject({ type: '/problems/changed-meanwhile' });
    expect((await leading.json('POST', api, { reason: 'Қате.', shown })).status).toBe(204);
    expect((await leading.json('POST', api, { reason: 'Қате.', shown })).status, 'a retry').toBe(204);
    const one = await leading.json('POST', `${api}/confirmation`, { shown });
    expect(JSON.parse(one.text)).toMatchObject({ type: '/problems/second-person-needed' });
    const own = `/api/applications/${mine.applicationId}/claim`;
    expect((await applicant.get(own)).text).not.toContain('Қате.');
    const listed = JSON.parse((await reading.get(`/api/rounds/${roundId}/claims`)).text);
    expect(listed).toMatchObject({ reopening: 1, claims: [{ reopening: { reason: 'Қате.' } }] });

    expect((await reading.json('POST', `${api}/confirmation`, { shown })).status).toBe(204);

    expect(JSON.parse((await applicant.get(own)).text)).toMatchObject({
      status: 'open',
      earlier: [{ status: 'upheld', reason: 'Есептелмеген екен.', reopened: { reason: 'Қате.' } }],
    });
    expect(JSON.parse((await leading.get(api)).text)).toMatchObject({ type: '/problems/claim-open' });
    const late = await leading.json('POST', `${api}/refusal`, { reason: 'Жоқ.' });
    expect(JSON.parse(late.text)).toMatchObject({ type: '/problems/claim-open' });
  });
});
