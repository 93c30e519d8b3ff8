import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { draftInterviewCard, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { ownResult } from '#functions/commands/results.ts';
import { draftApplicationScore, scoreApplication } from '#functions/commands/scoring.ts';
import { type Locale, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import {
  allPoints,
  anInterviewRoundIn,
  members as interviewers,
  nth,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { publishedIn } from '#test/builders/published.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, pointsOf, ratersOf, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

const scoring = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}]);
  const applicationId = applications[0]?.id;
  const [by] = applicationId ? await ratersOf(world, applicationId) : [];
  if (!applicationId || !by) throw new Error('Somebody rates the first application.');
  const points = await pointsOf(world, true, roundId);
  const site = aCommitteeSite(world);
  return {
    world,
    site,
    on: { by, roundId, applicationId },
    points,
    fields: Object.fromEntries(Object.entries(points).map(([code, value]) => [`points.${code}`, `${value}`])),
    seat: await site.signIn(by),
    page: (locale = 'en') => `/${locale}/committee/rounds/${roundId}/scoring/${applicationId}`,
    api: `/api/rounds/${roundId}/candidacies/${applicationId}/score`,
  };
};

/** What a form would send as it stands on the page. */
const formIn = (html: string): Record<string, string> => {
  const form = parse(html)
    .querySelectorAll('form')
    .find((one) => one.querySelector('[name=basedOn]'));
  if (!form) throw new Error('There is no card on the page.');
  return Object.fromEntries([
    ...form
      .querySelectorAll('input[type=hidden], input[checked]')
      .map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
    ...form.querySelectorAll('textarea').map((area) => [area.getAttribute('name') ?? '', area.textContent]),
  ]);
};

describe('a card on its page', () => {
  it('once it is given is told with its number and the total that is stored, and of no other', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}]);
    const [rater] = await ratersOf(world, nth(applications, 0).id);
    if (!rater) throw new Error('Somebody rates.');
    const seat = await aCommitteeSite(world).signIn(rater);
    const all = await Promise.all(
      applications.map(async (one) => ({ one, by: await ratersOf(world, one.id) })),
    );
    const [own, others] = [true, false].map((mine) =>
      all.filter(({ by }) => by.some(({ id }) => id === rater.id) === mine).map(({ one }) => one),
    );
    const told = async (location: string, locale: Locale) => {
      const page = parse((await seat.get(location.replace('/en/', `/${locale}/`))).text);
      return page.querySelector('.govuk-notification-banner')?.text ?? '';
    };
    const points = await pointsOf(world, true, roundId);
    const fields = Object.fromEntries(
      Object.entries(points).map(([code, value]) => [`points.${code}`, `${value}`]),
    );

    for (const [index, { id, number }] of (own ?? []).entries()) {
      const { location } = await seat.post(`/en/committee/rounds/${roundId}/scoring/${id}`, {
        ...fields,
        basedOn: '0',
      });
      const isLast = index + 1 === own?.length;
      for (const locale of ['kk', 'ru', 'en'] as const) {
        const sentence = translator(locale)(isLast ? 'scoring.saved.last' : 'scoring.saved.next', {
          number,
          total: '100',
        });
        expect(await told(location, locale)).toContain(sentence);
      }
      for (const other of [nth(others ?? [], 0).id, 'nonsense']) {
        const said = await told(location.replace(id, other), 'en');
        expect(said).toContain(translator('en')(isLast ? 'scoring.done.last' : 'scoring.done.next'));
      }
    }
    expect(own?.length).toBeGreaterThan(0);
  });

  it('is put aside unfinished and filled in again, without a script', async () => {
    const { seat, page } = await scoring();

    const saved = await seat.post(page(), {
      'points.education': '7',
      'points.degree': 'abstain',
      'comments.committee': 'Ask about <physics>.',
      basedOn: '0',
      as: 'draft',
    });
    const again = await seat.get(page());

    expect(saved.location).toBe(`${page()}?done=scoring.done.draft`);
    expect(formIn(again.text)).toMatchObject({
      'points.education': '7',
      'points.degree': 'abstain',
      'comments.committee': 'Ask about <physics>.',
      basedOn: '1',
    });
    expect(again.text).toContain('This is a draft: it does not count');
  });

  it('that somebody saved elsewhere meanwhile shows both, and saves the typed one once it was seen', async () => {
    const { world, seat, page, on, points, fields } = await scoring();
    const before = formIn((await seat.get(page())).text);
    const elsewhere = { committee: 'Typed on the phone.', applicant: '' };
    granted(await scoreApplication(world, { ...on, points, comments: elsewhere }));

    const mine = { ...fields, 'points.education': '1', 'comments.committee': 'Typed at the desk.' };
    const refused = await seat.post(page(), { ...before, ...mine });

    expect(refused.status).toBe(409);
    expect(refused.text).toContain('href="#changed">Something else was saved meanwhile');
    for (const text of ['Typed on the phone.', 'Typed at the desk.']) expect(refused.text).toContain(text);
    const kept = formIn(refused.text);
    expect(kept).toMatchObject({ ...mine, basedOn: '1' });
    expect((await seat.post(page(), kept)).status).toBe(303);
    expect(formIn((await seat.get(page())).text)).toMatchObject({ ...mine, basedOn: '2' });
  });

  it('comes back with what was typed where something is wrong with it', async () => {
    const { seat, page, fields } = await scoring();
    const long = 'word '.repeat(151).trim();

    const refused = await seat.post(page(), { ...fields, 'comments.applicant': long, basedOn: '0' });

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Write at most 150 words; now there are 151.');
    expect(formIn(refused.text)).toMatchObject({ ...fields, 'comments.applicant': long, basedOn: '0' });
  });

  it('is handed to another rater for a reason, which the page asks for', async () => {
    const { world, seat, page, on, site } = await scoring();

    const without = await seat.post(`${page()}/declining`, { reason: '' });
    const declined = await seat.post(`${page()}/declining`, { reason: 'I cannot read the language.' });

    expect(without.status).toBe(422);
    expect(without.text).toMatch(/<details[^>]* open/);
    expect(declined.status).toBe(303);
    expect((await ratersOf(world, on.applicationId)).map(({ id }) => id)).not.toContain(on.by.id);
    expect((await seat.get(page())).text).toContain('This application is for other raters');
    const desk = await site.signIn(secretary);
    expect((await desk.get(`${page()}/versions`)).text).toContain('I cannot read the language.');
  });
});

describe.for(['kk', 'ru', 'en'])('the versions of cards in %s', (locale) => {
  it('tell their rater what changed, and the secretary the same by code', async () => {
    const { world, site, on, points, seat, page } = await scoring();
    granted(await draftApplicationScore(world, { ...on, points: { education: 7 } }));
    granted(await scoreApplication(world, { ...on, points, comments: { committee: 'SAID' } }));
    granted(await scoreApplication(world, { ...on, points: { ...points, education: 1 } }));
    const desk = await site.signIn(secretary);

    const own = (await seat.get(`${page(locale)}/versions`)).text;
    const byCode = (await desk.get(`${page(locale)}/versions`)).text;

    expect(own).toContain('7 → 1');
    expect(own.match(/<h3/g)).toHaveLength(3);
    expect(byCode).toContain('7 → 1');
    // The draft is nobody else's.
    expect(byCode.match(/<h3/g)).toHaveLength(2);
    for (const text of [own, byCode]) expect(text).not.toContain(on.by.id);
  });
});

describe('the same cards for a program', () => {
  it('are drafted, given, told apart by version and handed back', async () => {
    const { seat, api, points } = await scoring();

    const draft = await seat.send('PUT', `${api}/draft`, { points: { education: 7 }, basedOn: 0 });
    const stale = await seat.send('PUT', api, { points, basedOn: 0 });
    const given = await seat.send('PUT', api, { points, basedOn: 1, comments: { applicant: 'Thank you.' } });
    const late = await seat.send('POST', `${api}/declining`, { reason: 'Too late.' });

    expect([draft, stale, given, late].map(({ status }) => status)).toEqual([204, 409, 204, 409]);
    const card = JSON.parse((await seat.get(api)).text);
    expect(card).toMatchObject({
      own: { total: 100 },
      card: { isDraft: false, version: 2, comments: { applicant: 'Thank you.' } },
    });
    expect(JSON.stringify(card)).not.toContain('digest');
    const { histories } = JSON.parse((await seat.get(`${api}/versions`)).text);
    expect(histories).toMatchObject([{ versions: [{ isDraft: true }, { isDraft: false, total: 100 }] }]);
  });
});

const interviewed = async () => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { stopped: 1 });
  const [slot] = await slotsPlanned(world, scene.roundId);
  const { by: applicant, applicationId } = nth(scene.candidates, 0);
  if (!slot) throw new Error('No time is planned.');
  granted(await bookInterview(world, { by: applicant, applicationId, slotId: slot.id }));
  world.clock.to(at('2022-10-24T04:10'));
  const by = nth(interviewers, 0);
  const on = { by, roundId: scene.roundId, applicationId };
  return { world, scene, applicant, on, site: aSelectionSite(world) };
};

describe('a scorecard of an interview', () => {
  it('is put aside, told apart by version, and shown to colleagues with what it says', async () => {
    const { world, on, site } = await interviewed();
    const page = `/en/committee/rounds/${on.roundId}/interviews/${on.applicationId}`;
    const other = nth(interviewers, 1);
    const seat = await site.staff(other);
    granted(await draftInterviewCard(world, { ...on, points: {}, comments: { committee: 'UNFINISHED' } }));
    granted(await scoreInterview(world, { ...on, by: other, points: allPoints(4), basedOn: 0 }));
    const shown = (await seat.get(page)).text;
    expect(shown).not.toContain('UNFINISHED');
    expect(shown).toContain('This evaluation sheet is a sample: its source could not be verified.');
    granted(
      await scoreInterview(world, { ...on, points: allPoints(3), comments: { committee: 'Calm lesson.' } }),
    );

    const fields = Object.keys(allPoints(0)).map((code) => [`points.${code}`, '2']);
    const stale = await seat.post(page, { ...Object.fromEntries(fields), basedOn: '0' });

    expect(stale.status).toBe(409);
    expect(stale.text).toContain('Calm lesson.');
    expect(formIn(stale.text)).toMatchObject({ 'points.pupils': '2', basedOn: '1' });
  });

  it('says to the applicant what it was meant to say, once the result is told', async () => {
    const { world, scene, on, applicant, site } = await interviewed();
    const comments = { committee: 'ONLY FOR US', applicant: 'Plan <group> work.' };
    granted(await scoreInterview(world, { ...on, points: allPoints(3), comments }));
    const asked = { by: applicant, applicationId: on.applicationId };
    expect(granted(await ownResult(world, asked)).comments).toEqual([]);

    await publishedIn(world, scene);
    const own = await site.applicant(applicant);
    const paths = ['', '/api'].map((start) => `${start || '/en'}/applications/${on.applicationId}/result`);
    const [page = '', json = ''] = await Promise.all(paths.map(async (path) => (await own.get(path)).text));

    expect(page).toContain('Plan &lt;group&gt; work.');
    expect(JSON.parse(json).comments).toEqual([{ part: 'interview', text: 'Plan <group> work.' }]);
    for (const text of [page, json]) {
      expect(text).not.toContain('ONLY FOR US');
      expect(text).not.toContain(on.by.id);
    }
  });
});
