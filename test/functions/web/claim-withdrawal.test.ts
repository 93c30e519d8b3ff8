import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { grounds, published, text } from '#test/builders/claims.ts';
import { chair, nth } from '#test/builders/interview-scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const aSite = async () => {
  const { world, roundId, candidates } = await published();
  const site = aSelectionSite(world);
  const mine = nth(candidates, 0);
  const applicant = await site.applicant(mine.by);
  return { world, roundId, site, mine, applicant };
};

const sinceOn = (html: string) =>
  parse(html).querySelector('main form input[name=openSince]')?.getAttribute('value') ?? '';

describe('withdrawing a claim', () => {
  it.for(locales)('asks once more, and the page leads to another claim, in %s', async (locale) => {
    const { site, roundId, mine, applicant } = await aSite();
    const t = translator(locale);
    const page = `/${locale}/applications/${mine.applicationId}/claim`;
    await applicant.post(page, { grounds, text });
    expect((await applicant.get(page)).text).toContain(`href="${page}/withdrawal"`);
    const asking = await applicant.get(`${page}/withdrawal`);
    expect(asking.text).toContain(t('results.claim.withdraw.text'));
    const form = parse(asking.text).querySelector('main form');
    const filedAt = form?.querySelector('input[name=filedAt]')?.getAttribute('value') ?? '';

    const done = await applicant.post(form?.getAttribute('action') ?? '', { filedAt });

    expect(done.location).toBe(`${page}?done=results.done.withdrawn`);
    const after = await applicant.get(page);
    for (const said of [t('results.claim.status.withdrawn'), t('results.claim.again'), text])
      expect(after.text).toContain(said);
    expect((await applicant.get(`${page}/withdrawal`)).location).toBe(page);
    expect((await applicant.post(`${page}/withdrawal`, {})).status).toBe(409);
    await applicant.post(page, { grounds: 'other', text: 'Басқасы.' });
    const colleague = await site.staff(chair);
    const [mineAgain, list] = [
      (await applicant.get(page)).text,
      (await colleague.get(`/${locale}/committee/rounds/${roundId}/claims`)).text,
    ];
    expect(mineAgain).toContain('Басқасы.');
    expect(mineAgain).toContain(text);
    const [, address = ''] = /href="([^"]+\/claims\/\w+)"/.exec(list) ?? [];
    const read = await colleague.get(address);
    for (const said of ['Басқасы.', text]) expect(read.text).toContain(said);
  });

  it.for(locales)('shows who decides that the claim says something else by now, in %s', async (locale) => {
    const { world, site, roundId, mine, applicant } = await aSite();
    const t = translator(locale);
    await applicant.post(`/${locale}/applications/${mine.applicationId}/claim`, { grounds, text });
    const colleague = await site.staff(chair);
    const { claims } = JSON.parse((await colleague.get(`/api/rounds/${roundId}/claims`)).text);
    const page = `/${locale}/committee/rounds/${roundId}/claims/${claims[0].id}`;
    const openSince = sinceOn((await colleague.get(page)).text);
    const { filedAt } = claims[0];
    await applicant.post(`/${locale}/applications/${mine.applicationId}/claim/withdrawal`, { filedAt });
    world.clock.pass(1);
    await applicant.post(`/${locale}/applications/${mine.applicationId}/claim`, {
      grounds: 'other',
      text: 'Басқасы.',
    });
    const said = { verdict: 'rejected', reason: 'Есеп дұрыс.' };

    const refused = await colleague.post(page, { ...said, openSince });

    expect(refused.status).toBe(422);
    for (const shown of [t('results.fault.other-claim'), 'Басқасы.', said.reason])
      expect(refused.text).toContain(shown);
    expect(parse(refused.text).querySelector('#openSince')).not.toBeNull();
    const again = await colleague.post(page, { ...said, openSince: sinceOn(refused.text) });
    expect(again.location).toContain('done=results.done.decided');
  });

  it('is the same to programs', async () => {
    const { world, site, roundId, mine, applicant } = await aSite();
    const own = `/api/applications/${mine.applicationId}/claim`;
    await applicant.json('POST', own, { grounds, text });
    const { filedAt } = JSON.parse((await applicant.get(own)).text);
    expect((await applicant.json('POST', `${own}/withdrawal`, {})).status).toBe(422);
    expect((await applicant.json('POST', `${own}/withdrawal`, { filedAt })).status).toBe(204);
    expect((await applicant.json('POST', `${own}/withdrawal`, { filedAt })).status).toBe(204);
    world.clock.pass(1);
    await applicant.json('POST', own, { grounds: 'other', text: 'Басқасы.' });

    expect(JSON.parse((await applicant.get(own)).text)).toMatchObject({
      status: 'open',
      text: 'Басқасы.',
      earlier: [{ status: 'withdrawn', grounds, text, filedAt }],
    });
    const colleague = await site.staff(chair);
    const { claims } = JSON.parse((await colleague.get(`/api/rounds/${roundId}/claims`)).text);
    expect(claims).toMatchObject([{ status: 'open', earlier: [{ text }] }]);
    const { id, openSince } = claims[0];
    const decision = `/api/rounds/${roundId}/claims/${id}/decision`;
    const decide = async (since?: string) =>
      (await colleague.json('PUT', decision, { verdict: 'rejected', reason: 'Жоқ.', openSince: since }))
        .status;
    expect([await decide(), await decide(filedAt), await decide(openSince)]).toEqual([422, 422, 204]);
    expect((await applicant.json('POST', `${own}/withdrawal`, { filedAt })).status).toBe(409);
  });
});
