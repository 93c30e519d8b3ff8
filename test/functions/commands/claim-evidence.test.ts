import { expect, it } from 'vitest';
import { evidenceOf, makeClaim } from '#functions/commands/claims.ts';
import { viewClaim } from '#functions/commands/own-claim.ts';
import { chair } from '#test/builders/interview-scenes.ts';
import { aPublishedRoundIn } from '#test/builders/published.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from '#test/functions/web/selection-site.ts';

it('a claim points at documents of the application as it was submitted, and at no other', async () => {
  const world = aWorld();
  const { roundId, bolat } = await aPublishedRoundIn(world);
  const mine = { ...bolat, grounds: 'document-overlooked' as const, text: 'Дипломым ескерілмеді.' };
  const { application, file } = granted(await viewClaim(world, mine));
  const held = evidenceOf(application, file);
  const evidence = held.map(({ code }) => code);
  const site = aSelectionSite(world);
  const applicant = await site.applicant(bolat.by);
  const page = `/kk/applications/${bolat.applicationId}/claim`;

  const form = await applicant.get(page);
  const other = await makeClaim(world, { ...mine, evidence: [...evidence, 'medal'] });
  granted(await makeClaim(world, { ...mine, evidence }));
  granted(await makeClaim(world, { ...mine, evidence: evidence.toReversed() }));
  const less = await makeClaim(world, mine);
  const filed = await applicant.get(page);
  const reader = await site.staff(chair);
  const claims = await reader.get(`/kk/committee/rounds/${roundId}/claims`);
  const id = claims.text.match(/claims\/([A-Z0-9]{20})/)?.[1];
  const read = await reader.get(`/kk/committee/rounds/${roundId}/claims/${id}`);

  expect(held.length).toBeGreaterThan(0);
  for (const { code, title } of held) {
    expect(form.text).toContain(`value="${code}"`);
    for (const { text } of [filed, read]) expect(text).toContain(title.kk);
  }
  expect(other).toMatchObject({ error: { kind: 'not-found', what: 'document' } });
  expect(less).toMatchObject({ error: { kind: 'claim-exists' } });
});
