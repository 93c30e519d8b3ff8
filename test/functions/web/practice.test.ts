import { beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '#functions/commands/workplace.ts';
import { textsOfTry } from '#shared/domain/practice-rule.ts';
import { farFrom, practiceRule, practiceUpload, practise } from '#test/builders/practice.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  chair,
  members,
  ratersOf,
  type Selection,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

type Scene = Selection & { world: World; site: ReturnType<typeof aSelectionSite> };

let scene: Scene;
beforeEach(async () => {
  const world = aWorld();
  const forms = Array.from({ length: 15 }, () => ({}));
  scene = { world, ...(await aScoringIn(world, forms, practiceUpload())), site: aSelectionSite(world) };
});

const firstText = ({ id: personId }: Person) => {
  const [text] = textsOfTry(practiceRule, { roundId: scene.roundId, personId }, 0);
  if (!text) throw new Error('A try has a text.');
  return text;
};

const asForm = (points: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(points).map(([code, value]) => [`points.${code}`, String(value)]));

describe('every address, for a rater who has not practised', () => {
  it('shows no application of the round', async () => {
    const { site, roundId, applications } = scene;
    const rater = await site.staff(chair);
    const secrets = applications.flatMap(({ id, receipt }) => [id, receipt]);
    const numbers = applications.map(({ number }) => number);
    const shown: string[] = [];
    let tried = 0;
    for (const { method, path } of site.routes) {
      if (method !== 'GET' || !path.includes(':round') || !/committee|\/api\/rounds/.test(path)) continue;
      const address = path
        .replaceAll(/:locale(\{[^}]*\})?/g, 'en')
        .replace(':round', roundId)
        .replaceAll(':application', applications[0]?.id ?? '')
        .replaceAll(/:(file|name)(\{[^}]*\})?/g, 'applications.csv')
        .replaceAll(/:\w+(\{[^}]*\})?/g, 'X');
      const { text } = await rater.get(address);
      tried += 1;
      if ([...secrets.slice(2), ...numbers].some((secret) => text.includes(secret))) shown.push(path);
    }

    expect(tried).toBeGreaterThan(20);
    expect(shown).toEqual([]);
  });
});

describe('the pages of practice', () => {
  it('stand in the place of the list until it was passed', async () => {
    const { site, roundId } = scene;
    const rater = await site.staff(chair);

    const list = await rater.get(`/en/committee/rounds/${roundId}/scoring`);
    expect([list.status, list.location]).toEqual([303, `/en/committee/rounds/${roundId}/practice`]);
    const { text } = await rater.get(list.location);
    expect(text).toContain('You have 2 tries left.');
    expect(text).toContain(`/practice/${firstText(chair).code}`);
  });

  it('lead to the list once it was passed', async () => {
    const { site, world, roundId } = scene;
    await practise(world, { by: chair, roundId });

    const { text } = await (await site.staff(chair)).get(`/en/committee/rounds/${roundId}/practice`);

    expect(text).toContain(`href="/en/committee/rounds/${roundId}/scoring"`);
  });

  it('show the reference and its reasons only once the own points are in', async () => {
    const { site, roundId } = scene;
    const rater = await site.staff(chair);
    const text = firstText(chair);
    const address = `/en/committee/rounds/${roundId}/practice/${text.code}`;

    expect((await rater.get(address)).text).not.toContain(text.why.en);

    const kept = await rater.post(address, asForm(farFrom(text.points)));
    expect(kept.status).toBe(303);
    const compared = (await rater.get(kept.location)).text;
    expect(compared).toContain(text.why.en);
    expect(compared).toContain('of the scale from the reference');
  });

  it('give back what was typed where a criterion has no points', async () => {
    const { site, roundId } = scene;
    const rater = await site.staff(chair);
    const text = firstText(chair);

    const refused = await rater.post(`/en/committee/rounds/${roundId}/practice/${text.code}`, {
      'points.education': '7',
    });

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose points for this criterion.');
    expect(refused.text).toMatch(/value="7"[^>]*checked/);
  });

  it('show no text of a later try', async () => {
    const { site, roundId } = scene;
    const rater = await site.staff(chair);
    const [later] = textsOfTry(practiceRule, { roundId, personId: chair.id }, 1);

    const { status } = await rater.get(`/en/committee/rounds/${roundId}/practice/${later?.code}`);

    expect(status).toBe(404);
  });

  it.for(['kk', 'ru', 'en'])('tell on the committee’s page in %s who may score', async (locale) => {
    const { site, world, roundId } = scene;
    for (const by of [chair, ...members.slice(0, 2)]) await practise(world, { by, roundId });
    const page = await (await site.staff(secretary)).get(`/${locale}/manage/rounds/${roundId}/committee`);

    expect(page.status).toBe(200);
    expect(page.text).toContain({ kk: 'жіберілген', ru: 'допущен', en: 'may score' }[locale]);
  });

  it('let the secretary ask for practice anew', async () => {
    const { site, world, roundId } = scene;
    await practise(world, { by: chair, roundId });
    const desk = await site.staff(secretary);

    const asked = await desk.post(`/en/manage/rounds/${roundId}/committee/practice`, { personId: chair.id });

    expect(asked.status).toBe(303);
    const rater = await site.staff(chair);
    expect((await rater.get(`/en/committee/rounds/${roundId}/practice`)).text).toContain('2 tries left');
  });
});

describe('the references', () => {
  it('are at no address for a rater who is still to practise, nor in the file that anyone may read', async () => {
    const { site, roundId } = scene;
    const rater = await site.staff(chair);
    const reasons = practiceRule.texts.map(({ why }) => why.en);
    const shown: string[] = [];
    for (const { method, path } of site.routes) {
      if (method !== 'GET' || !path.includes(':round')) continue;
      const named = path.replaceAll(/:locale(\{[^}]*\})?/g, 'en').replace(':round', roundId);
      const { text } = await rater.get(named.replaceAll(/:\w+(\{[^}]*\})?/g, firstText(chair).code));
      if (reasons.some((reason) => text.includes(reason))) shown.push(path);
    }
    expect(shown).toEqual([]);

    const { roundFile } = JSON.parse((await rater.get(`/api/calls/${roundId}`)).text);
    const { texts: _, ...rule } = practiceRule;
    expect(roundFile.practice).toEqual(rule);
  });
});

describe('the API of practice', () => {
  it('gives texts without their reference, and takes points', async () => {
    const { site, roundId } = scene;
    const rater = await site.staff(chair);
    const { code, points } = firstText(chair);
    const path = `/api/rounds/${roundId}/practice`;

    const open = JSON.parse((await rater.get(path)).text);
    expect(open).toMatchObject({ standing: 'practising', triesLeft: 2, scored: [] });
    expect(Object.keys(open.left[0])).not.toContain('points');

    expect((await rater.json('PUT', `${path}/${code}`, { points })).status).toBe(204);
    expect(JSON.parse((await rater.get(path)).text).scored).toMatchObject([{ distance: 0, text: { code } }]);
  });
});

const scoreAll = async (): Promise<void> => {
  const { world, roundId, applications } = scene;
  for (const by of [chair, ...members]) await practise(world, { by, roundId });
  for (const [index, { id }] of applications.entries()) {
    for (const by of await ratersOf(world, id)) {
      granted(await score({ world, roundId }, by, id, index % 2 === 0));
    }
  }
};

describe('what the own scores say', () => {
  it('is shown to the one who gave them, with intervals', async () => {
    await scoreAll();
    const { site, roundId } = scene;

    const { status, text } = await (await site.staff(chair)).get(`/en/committee/rounds/${roundId}/feedback`);

    expect(status).toBe(200);
    expect(text).toContain('95% interval');
  });

  it('is shown to nobody else: the secretary gets how far they spread, without names', async () => {
    await scoreAll();
    const { site, roundId } = scene;
    const desk = await site.staff(secretary);

    expect((await desk.get(`/en/committee/rounds/${roundId}/feedback`)).status).toBe(403);
    const list = JSON.parse((await desk.get(`/api/rounds/${roundId}/scoring`)).text);
    expect(list.spread).toEqual({ raters: 5, deviation: expect.any(Number) });
    const own = JSON.parse((await (await site.staff(chair)).get(`/api/rounds/${roundId}/scoring`)).text);
    expect(own.spread).toBeUndefined();
  });
});
