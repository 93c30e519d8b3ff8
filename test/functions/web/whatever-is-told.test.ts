import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { askApplicant } from '#functions/commands/inquiries.ts';
import { ownInquiries, saveAnswer, sendAnswer } from '#functions/commands/inquiry-answer.ts';
import { viewClaim } from '#functions/commands/own-claim.ts';
import { readReference, saveReference } from '#functions/commands/reference-answer.ts';
import { askReferee, ReferenceAnswer } from '#functions/commands/references.ts';
import { anything, markupIn } from '#test/builders/anything-typed.ts';
import { anInterviewRoundIn, applicants, nth, chair as theChair } from '#test/builders/interview-scenes.ts';
import { publishedIn } from '#test/builders/published.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, candidacyOf, secretary } from '#test/builders/selection.ts';
import { aReferenceScene } from '../commands/reference-scene.ts';
import { openBrowser } from './account/home.ts';
import { aSelectionSite } from './selection-site.ts';

/*
 * What applicants and referees tell beside the form, whatever it is: stored as it is (without the spaces around it), or refused with nothing
 * changed; and on the pages of whoever reads it text, never a part of the page.
 */

const evil = '</textarea>"><evil-13 onevil="x">';

describe('whatever a referee writes', () => {
  it('is kept as it is and comes back in their form as text', async () => {
    const { world, mine, name, deliver, sent, references, tokenIn } = await aReferenceScene();
    await name(1);
    granted(await askReferee(world, { ...mine, referee: nth((await references()).referees, 0).id }));
    await deliver();
    const token = tokenIn(sent.at(-1));
    const browser = openBrowser({ app: aSelectionSite(world).web });
    await browser.post('/kk/reference', { token });
    const recommends = fc.constantFrom(...ReferenceAnswer.shape.recommends.options);

    await fc.assert(
      fc.asyncProperty(fc.record({ known: anything, recommends, text: anything }), async (answer) => {
        const before = granted(await readReference(world, token)).answer;
        const saved = await saveReference(world, { token, answer });
        const after = granted(await readReference(world, token));
        const { referee } = after;
        const given = await browser.post('/kk/reference/form', {
          ...answer,
          text: '',
          referee,
          press: 'send',
        });
        const page = await (await browser.get('/kk/reference/form')).text();

        expect(after.answer).toEqual(saved.ok ? answer : before);
        expect([await given.text(), page].flatMap(markupIn)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('whatever is answered to a question of the committee', () => {
  it('is kept as it is and read by both as text', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}]);
    const applicationId = nth(applications, 0).id;
    const question = { question: evil, workingDays: 2 };
    granted(await askApplicant(world, { by: secretary, roundId, applicationId, ...question }));
    const inquiry = nth((await candidacyOf(world, applicationId)).inquiries ?? [], 0).id;
    const mine = { by: anApplicant(0), applicationId, inquiry };
    const site = aSelectionSite(world);
    const [applicant, reader] = [await site.applicant(anApplicant(0)), await site.staff(secretary)];
    // An empty first answer saves nothing, and nothing that follows it would be stale.
    granted(await saveAnswer(world, { ...mine, text: evil, basedOn: 0 }));
    const own = `/kk/applications/${applicationId}`;
    const work = `/kk/committee/rounds/${roundId}/screening/${applicationId}`;

    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const { draft } = nth((await candidacyOf(world, applicationId)).inquiries ?? [], 0);
        granted(await saveAnswer(world, { ...mine, text, basedOn: draft?.version ?? 0 }));
        const stale = { text: `${text}х`, basedOn: '0', press: 'send' };
        const pages = [await applicant.post(`${own}/inquiries/${inquiry}`, stale)];
        for (const path of [own, `${own}/inquiries/${inquiry}`]) pages.push(await applicant.get(path));

        const { inquiries } = granted(await ownInquiries(world, mine));
        expect(nth(inquiries, 0).text).toBe(text.trim());
        expect(pages.flatMap((page) => markupIn(page.text))).toEqual([]);
      }),
      { numRuns: 12 },
    );

    granted(await sendAnswer(world, { ...mine, text: evil }));
    const read = await Promise.all([
      ...[own, '/kk/account/data'].map((path) => applicant.get(path)),
      ...[work, `${work}/answers`].map((path) => reader.get(path)),
    ]);
    expect(read.flatMap(({ text }) => markupIn(text))).toEqual([]);
    expect(read.at(-1)?.text).toContain('evil-13');
  });
});

describe('whatever a claim says', () => {
  it('is kept as it is, or refused, and read by who decides as text', async () => {
    const world = aWorld();
    const scene = await anInterviewRoundIn(world, { people: applicants(7) });
    await publishedIn(world, scene);
    const site = aSelectionSite(world);
    const reader = await site.staff(theChair);
    let turn = 0;

    // Everybody has one claim, and makes it once.
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, fc.constant(evil)), async (text) => {
        const { by, applicationId } = nth(scene.candidates, turn);
        turn += 1;
        const applicant = await site.applicant(by);
        const page = `/ru/applications/${applicationId}/claim`;
        const claim = { grounds: 'other', text } as const;
        const refused = await applicant.post(page, { ...claim, grounds: '' });
        const made = await makeClaim(world, { by, applicationId, ...claim });
        const stored = granted(await viewClaim(world, { by, applicationId })).claim?.text;
        const list = await reader.get(`/ru/committee/rounds/${scene.roundId}/claims`);
        const pages = [refused, await applicant.get(page), list];
        if (made.ok) {
          pages.push(await reader.get(`/ru/committee/rounds/${scene.roundId}/claims/${made.value.id}`));
        }

        expect(stored).toBe(made.ok ? text.trim() : undefined);
        expect(pages.map(({ status }) => status)).toEqual([422, ...pages.slice(1).map(() => 200)]);
        expect(pages.flatMap((shown) => markupIn(shown.text))).toEqual([]);
      }),
      { numRuns: 7, endOnFailure: true },
    );
  });
});
