import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { anInterviewRoundIn, applicants, chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots, threeOf } from '#test/builders/panels.ts';
import { aRoundFile, withSites, withStations } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const aSite = async (people = 2) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(people) });
  const site = aSelectionSite(world);
  const plan = `/en/committee/rounds/${scene.roundId}/interviews`;
  return {
    world,
    site,
    plan,
    browser: await site.staff(secretary),
    aigul: nth(scene.candidates, 0),
    ...scene,
  };
};

describe('the secretary’s page of panels', () => {
  it('composes a panel, and plans times for it', async () => {
    const { site, browser, plan, roundId } = await aSite();
    const panels = `/api/rounds/${roundId}/panels`;
    const body = { members: threeOf, languages: ['kk'], stepFree: true, place: 'Room 12' };

    const composed = await browser.json('POST', panels, body);
    expect(composed.status).toBe(201);
    const { id } = JSON.parse(composed.text);
    const planned = await browser.post(plan, { from: '2022-10-24T10:00', count: '2', panel: id, place: '' });

    expect(planned.location).toBe(`${plan}?done=interview.done.planned`);
    const { text } = await browser.get(plan);
    expect(text).toContain('Panel 1');
    expect(text).toContain('Room 12');
    expect((await browser.get(`${plan}/panels`)).text).toContain('24 October 2022 at 10:00');
    expect(JSON.parse((await browser.get(panels)).text).panels).toMatchObject([
      { number: 1, where: 'Room 12', sittings: [{ from: '2022-10-24T04:00:00.000Z' }] },
    ]);
    expect((await (await site.staff(chair)).get(`${plan}/panels`)).status).toBe(403);
  });

  it('gives back what was typed beside what is wrong, for a new panel and for one that is changed', async () => {
    const { world, browser, plan, roundId } = await aSite();
    const panel = await panelKept(world, roundId);

    for (const page of [`${plan}/panels`, `${plan}/panels/${panel.id}`]) {
      const refused = await browser.post(page, { members: chair.id, place: 'Room 99', stepFree: 'yes' });

      expect(refused.status).toBe(422);
      expect(refused.text).toContain('Choose at least 3 members.');
      expect(refused.text).toContain('Choose at least one language.');
      expect(refused.text).toContain('value="Room 99"');
    }
  });

  it('asks at which site a panel sits where the round names some, and says where it does', async () => {
    const world = aWorld();
    const file = withSites(aRoundFile());
    const { roundId } = await anInterviewRoundIn(world, { people: applicants(2), file });
    const browser = await aSelectionSite(world).staff(secretary);
    const panels = `/ru/committee/rounds/${roundId}/interviews/panels`;
    const typed: [string, string][] = [
      ...threeOf.map((id): [string, string] => ['members', id]),
      ['languages', 'kk'],
      ['place', 'Кабинет 12'],
    ];

    const form = (await browser.get(panels)).text;
    expect(form).toContain('Нет: видеозвонок');
    expect(form).toContain('не в тех школах, куда он хочет, должны работать не меньше чем 2.');
    const stray = await browser.post(panels, [...typed, ['site', 'mill']]);
    expect(stray.status).toBe(422);
    expect(stray.text).toContain('Такой площадки в раунде нет.');
    const kept = await browser.post(panels, [...typed, ['site', 'college']]);
    expect(kept.location).toBe(`${panels}?done=panel.done.kept`);
    expect((await browser.get(panels)).text).toContain('Колледж: Кабинет 12');
    const answer = JSON.parse((await browser.get(`/api/rounds/${roundId}/panels`)).text);
    expect(answer.panels).toMatchObject([{ site: 'college' }]);
    const change = await browser.get(`${panels}/${answer.panels[0].id}`);
    expect(change.text).toMatch(/<option value="college" selected/);
  });

  it('ties a panel to a station, and offers it for no other', async () => {
    const world = aWorld();
    const { roundId } = await anInterviewRoundIn(world, { people: applicants(2), file: withStations() });
    const browser = await aSelectionSite(world).staff(secretary);
    const plan = `/en/committee/rounds/${roundId}/interviews`;
    const typed: [string, string][] = [
      ['languages', 'kk'],
      ['place', 'Room 12'],
      ['stations', 'lesson'],
    ];

    const refused = await browser.post(`${plan}/panels`, [...typed, ['members', chair.id]]);
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/value="lesson" checked/);
    expect(refused.text).not.toMatch(/value="conversation" checked/);
    const stray = await browser.post(`${plan}/panels`, [...typed, ['stations', 'tour']]);
    expect(stray.text).toContain('This interview has no such station.');

    const sitting = threeOf.map((id): [string, string] => ['members', id]);
    const kept = await browser.post(`${plan}/panels`, [...typed, ...sitting]);
    expect(kept.location).toBe(`${plan}/panels?done=panel.done.kept`);
    expect((await browser.get(`${plan}/panels`)).text).toContain('data-label="Stations">Demo lesson</td>');
    const { panels } = JSON.parse((await browser.get(`/api/rounds/${roundId}/panels`)).text);
    expect(panels).toMatchObject([{ stations: ['lesson'] }]);
    const [{ id }] = panels;

    const form = (await browser.get(plan)).text;
    expect(form.match(new RegExp(`<option value="${id}"`, 'g'))).toHaveLength(1);
    expect(form).toContain('No panel can hold Conversation.');
    const wrong = await browser.post(plan, {
      from: '2022-10-24T10:00',
      count: '1',
      'stations.lesson': id,
      'stations.conversation': id,
    });
    expect([wrong.status, wrong.text.includes('This panel sits at other stations.')]).toEqual([422, true]);
    expect(wrong.text.match(new RegExp(`<option value="${id}" selected`, 'g'))).toHaveLength(2);
  });

  it('does not find a panel of nobody', async () => {
    const { browser, plan } = await aSite();

    expect((await browser.get(`${plan}/panels/0`)).status).toBe(404);
    expect((await browser.get(`${plan}/panels/${'0'.repeat(20)}`)).status).toBe(404);
  });
});

describe('the timetable’s page', () => {
  it('shows what would be set, sets it once it is confirmed, and shows it again when it has changed', async () => {
    const { world, browser, plan, roundId } = await aSite();
    const panel = await panelKept(world, roundId);
    await panelSlots(world, roundId, { panel, count: 3 });
    const page = `${plan}/timetable`;

    const { text } = await browser.get(page);
    expect(text).toContain('2 applications have no time yet.');
    const digest = /name="digest" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
    const stale = await browser.post(page, { digest: '0'.repeat(64) });
    expect([stale.status, stale.text.includes(digest)]).toEqual([409, true]);
    expect((await browser.post(page, {})).status).toBe(409);
    expect((await browser.post(page, { digest })).location).toBe(`${plan}?done=timetable.done.set`);
    expect((await browser.post(page, { digest })).location).toBe(`${plan}?done=timetable.done.set`);
    expect((await browser.get(page)).text).toContain('Everybody who is invited has a time.');
  });

  it('says in words what makes none possible, in each language and in the API', async () => {
    const { world, browser, plan, roundId, candidates } = await aSite();
    const panel = await panelKept(world, roundId, { stepFree: false });
    await panelSlots(world, roundId, { panel, count: 1 });
    const numbers = candidates.map(({ application: { number } }) => number).toSorted();

    const read = async (path: string) => {
      const { status, text: html } = await browser.get(path);
      return { status, text: parse(html).textContent };
    };
    const { text } = await read(`${plan}/timetable`);
    expect(text).toContain(`These 2 applications cannot all have a time: ${numbers.join(', ')}.`);
    expect(text).toContain('There is no panel that may hear them.');
    expect(text).toContain('Some times do not fit: steps are in the way.');
    for (const locale of ['kk', 'ru']) {
      const other = await read(`${plan}/timetable`.replace('/en/', `/${locale}/`));
      expect([other.status, other.text.includes(numbers.join(', '))]).toEqual([200, true]);
    }
    const api = JSON.parse((await browser.get(`/api/rounds/${roundId}/timetable`)).text);
    expect(api).toMatchObject({ possible: false, obstacles: [{ kept: ['step-free'], times: 0 }] });
  });

  it('names the station that no panel may hold, and who may hold the others', async () => {
    const world = aWorld();
    const { roundId } = await anInterviewRoundIn(world, { people: applicants(1), file: withStations() });
    const { id } = await panelKept(world, roundId, { stations: ['lesson'] });
    const browser = await aSelectionSite(world).staff(secretary);
    const words = {
      en: [
        'Demo lesson can be held by Panel 1.',
        'No panel can hold Conversation. Compose one of at least 3 members',
      ],
      ru: ['кто может провести: Группа 1.', 'не может ни одна группа.'],
      kk: ['өткізе алатындар: 1-топ.', 'ешбір топ өткізе алмайды.'],
    };

    for (const [locale, said] of Object.entries(words)) {
      const { text } = await browser.get(`/${locale}/committee/rounds/${roundId}/interviews/timetable`);
      expect(said.filter((one) => !text.includes(one))).toEqual([]);
    }
    const api = JSON.parse((await browser.get(`/api/rounds/${roundId}/timetable`)).text);
    expect(api).toMatchObject({
      possible: false,
      stations: [
        { station: 'lesson', panels: [id] },
        { station: 'conversation', panels: [] },
      ],
    });
  });

  it('is set in the API with the digest of what was seen', async () => {
    const { world, browser, roundId } = await aSite();
    const panel = await panelKept(world, roundId);
    await panelSlots(world, roundId, { panel, count: 2 });
    const path = `/api/rounds/${roundId}/timetable`;

    const { digest, appointments } = JSON.parse((await browser.get(path)).text);
    expect(appointments).toHaveLength(2);
    expect(JSON.parse((await browser.json('POST', path, { digest })).text)).toEqual({ booked: 2 });
  });
});

describe('an applicant’s page of the interview', () => {
  it('keeps what is needed, shows the times that fit, and says so of the booked one', async () => {
    const { world, site, aigul, roundId } = await aSite();
    const panel = await panelKept(world, roundId, { languages: ['ru'] });
    const [slot] = await panelSlots(world, roundId, { panel, count: 1 });
    const browser = await site.applicant(aigul.by);
    const page = `/en/applications/${aigul.applicationId}/interview`;

    const kept = await browser.post(`${page}/wishes`, {
      language: 'kk',
      stepFree: 'yes',
      days: '2022-10-24',
    });
    expect(kept.location).toBe(`${page}?done=wishes.done.kept`);
    const none = await browser.get(page);
    expect(none.text).toContain('No free time suits you now.');
    expect(none.text).toContain('value="2022-10-24" checked');
    const late = await browser.post(page, { slot: slot?.id ?? '' });
    expect([late.status, late.text.includes('This time does not suit your application')]).toEqual([
      409,
      true,
    ]);

    await browser.post(`${page}/wishes`, { language: 'ru', needs: 'large-print', other: ' A lamp ' });
    const said = (await browser.get(page)).text;
    expect(said).toMatch(/value="large-print"[^>]* checked/);
    expect(said).toMatch(
      /not confirmed it yet: materials in large print, what you wrote in your own words\./,
    );
    expect(said).toMatch(/<textarea[^>]*name="other"[^>]*>\s*A lamp</);
    await browser.post(`${page}/wishes`, { language: 'ru', other: '' });
    expect((await browser.get(page)).text).not.toContain('not confirmed it yet');
    expect((await browser.post(page, { slot: slot?.id ?? '' })).location).toBe(
      `${page}?done=interview.done.booked`,
    );
    expect((await browser.get(page)).text).toContain('Кабинет 12 · Russian · no steps in the way');
  });
});
