import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aMissedInterview, best, upheldAsOwed } from '#test/builders/missed-interview.ts';
import { granted } from '#test/builders/scenes.ts';
import { anApplicant, chair } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

const reason = 'No time was left for this interview.';

describe('a claim about an interview that was missed', () => {
  it('is upheld without totals on its page, by two presses', async () => {
    const scene = await aMissedInterview();
    const { world, roundId, applications } = scene;
    const { id: applicationId } = nth(applications, best);
    const filed = { by: anApplicant(best), applicationId, grounds: 'procedure', text: 'No time.' } as const;
    const claimId = granted(await makeClaim(world, filed)).state.id;
    const seat = await aSelectionSite(world).staff(chair);
    const list = `/en/committee/rounds/${roundId}/claims`;
    const page = `${list}/${claimId}`;
    const typed = { verdict: 'owed', scoring: '', interview: '', reason };

    expect((await seat.post(page, { ...typed, verdict: 'upheld' })).status).toBe(422);
    const both = await seat.post(page, { ...typed, interview: '80' });
    expect(both.status).toBe(422);
    expect(both.text).toContain(translator('en')('results.fault.owed'));
    const shown = await seat.post(page, typed);
    expect(shown.status).toBe(200);
    const form = parse(shown.text).querySelector(`form[action="${page}"]`);
    const digest = form?.querySelector('input[name=shown]')?.getAttribute('value') ?? '';
    expect(form?.querySelector('input[name=verdict]')?.getAttribute('value')).toBe('owed');
    const decided = await seat.post(page, { ...typed, shown: digest });
    expect(decided.location).toBe(`${list}?done=results.done.decided`);
  });

  it.for(locales)('says on the pages of committee and applicant what was granted, in %s', async (locale) => {
    const scene = await aMissedInterview();
    const { world, roundId } = scene;
    const { applicationId, claimId } = await upheldAsOwed(scene);
    const site = aSelectionSite(world);
    const said = translator(locale)('results.claim.interviewOwed');
    const committee = await (await site.staff(chair)).get(
      `/${locale}/committee/rounds/${roundId}/claims/${claimId}`,
    );
    const own = await (await site.applicant(anApplicant(best))).get(
      `/${locale}/applications/${applicationId}/claim`,
    );

    expect(committee.text).toContain(said);
    expect(own.text).toContain(said);
  });
});
