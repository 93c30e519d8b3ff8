import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { remindMembers } from '#functions/commands/reminders.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { anOpenPoll } from '#test/builders/poll-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  aScreeningIn,
  auditor,
  chair,
  dana,
  erlan,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { countsOf, lettersOf, tellDue } from '#test/builders/told-members.ts';
import { at } from '#test/builders/worlds.ts';
import { press } from './reminder-page.ts';

const everyone = [chair, ...members];

const scoring = async (count = 5) => {
  const world = aWorld();
  const selection = await aScoringIn(
    world,
    Array.from({ length: count }, () => ({})),
  );
  const site = aCommitteeSite(world);
  const page = `/en/committee/rounds/${selection.roundId}/reminders`;
  const api = `/api/rounds/${selection.roundId}/reminders`;
  return { world, ...selection, site, page, api, desk: await site.signIn(secretary) };
};

const rowsIn = (html: string): string[][] =>
  parse(html)
    .querySelectorAll('main tbody tr')
    .map((row) => row.querySelectorAll('td, th').map((cell) => cell.text.trim()));

describe('reminding raters', () => {
  it('shows whom it reaches and what each owes, and writes to them once however often it is pressed', async () => {
    const scene = await scoring();
    const { world, roundId, applications, desk, page } = scene;
    const { id } = nth(applications, 0);
    for (const by of await ratersOf(world, id)) granted(await score(scene, by, id));
    const shown = await desk.get(page);
    const { typed, answer, again } = await press(desk, page);

    expect(rowsIn(shown.text).map(([, owed]) => owed)).toEqual(['2', '2', '2', '1', '1']);
    expect(shown.text).toContain('Remind 5 people');
    expect(shown.text).toContain('Scores that you owe now: 2');
    expect(typed).toMatchObject({ about: 'scores', confirmed: '5' });
    expect([answer.status, answer.location]).toEqual([303, `${page}?done=committee.done.reminded`]);
    expect((await again()).status).toBe(303);
    await tellDue(world);
    expect(
      countsOf(world, 'committee-scores-reminder')
        .map(([, owed]) => Number(owed))
        .toSorted((a, b) => a - b),
    ).toEqual([1, 1, 2, 2, 2]);
    expect(lettersOf(world, 'committee-scores-reminder')[0]?.facts['roundId']).toBe(roundId);
    expect(JSON.stringify(lettersOf(world, 'committee-scores-reminder'))).not.toContain(
      nth(applications, 1).number,
    );
  });

  it('reaches no more who owes nothing, and says so where nobody does', async () => {
    const scene = await scoring(1);
    const { world, applications, desk, page, api } = scene;
    const { id } = nth(applications, 0);
    const [one, other] = await ratersOf(world, id);
    if (!one || !other) throw new Error('Two rate it.');
    granted(await score(scene, one, id));
    expect(JSON.parse((await desk.get(api)).text).outstanding).toEqual([
      { about: 'scores', owing: [{ personId: other.id, count: 1 }] },
    ]);
    granted(await score(scene, other, id));

    const { text } = await desk.get(page);
    expect(text).toContain('Nobody owes anything here.');
    expect(parse(text).querySelector('main form')).toBeNull();
  });
});

describe('when raters are reminded', () => {
  it('goes out once a day, and the page and the answer say from when the next can', async () => {
    const scene = await scoring();
    const { world, roundId, desk, page, api } = scene;
    await press(desk, page);
    world.clock.pass(601);
    const waiting = await desk.get(page);
    const early = await desk.send('POST', api, { about: 'scores', confirmed: 5 });

    const said = 'The next one can go out from 4 October 2022 at 24:00 (UTC+06:00).';
    expect(parse(waiting.text).querySelector('main form')).toBeNull();
    expect(parse(waiting.text).text.replaceAll('\u00A0', ' ')).toContain(said);
    expect([early.status, JSON.parse(early.text).type]).toEqual([
      409,
      expect.stringContaining('reminded-already'),
    ]);
    expect(JSON.parse(early.text)).toMatchObject({ from: at('2022-10-04T18:00') });
    world.clock.to(at('2022-10-04T18:00'));
    granted(await remindMembers(world, { by: secretary, roundId, about: 'scores', confirmed: 5 }));
    await tellDue(world);
    expect(lettersOf(world, 'committee-scores-reminder')).toHaveLength(10);
  });

  it('is refused for another number of people than owes something by now', async () => {
    const scene = await scoring(1);
    const { world, roundId, applications, desk, page, api } = scene;
    const { id: applicationId } = nth(applications, 0);
    const by = nth(await ratersOf(world, applicationId), 0);
    const typed = { about: 'scores', confirmed: '2' };
    granted(await score(scene, by, applicationId));

    expect((await desk.post(page, typed)).status).toBe(409);
    for (const form of [{}, { about: 'scores' }, { about: 'offers', confirmed: '1' }]) {
      expect((await desk.post(page, form)).status).toBeGreaterThanOrEqual(404);
    }
    for (const body of [{}, { about: 'scores', confirmed: 0 }, { about: 'scores', confirmed: '1' }]) {
      expect((await desk.send('POST', api, body)).status).toBe(422);
    }
    const other = nth(await ratersOf(world, applicationId), 1);
    granted(await declineApplication(world, { by: other, roundId, applicationId, reason: 'No time.' }));
    expect((await desk.send('POST', api, { about: 'scores', confirmed: 1 })).status).toBe(200);
    await tellDue(world);
    const [letter] = lettersOf(world, 'committee-scores-reminder');
    expect([by.id, other.id]).not.toContain(letter?.personId);
  });
});

describe('who is reminded, and who knows it', () => {
  it('reaches a guest, who is told no later day than their own last', async () => {
    const { world, roundId, hosted } = await aHostingScene();
    await hosted({ until: '2022-10-12' });
    const desk = await aCommitteeSite(world).signIn(secretary);
    await press(desk, `/en/committee/rounds/${roundId}/reminders`);
    await tellDue(world);

    const letters = lettersOf(world, 'committee-scores-reminder');
    expect(letters.find(({ personId }) => personId === guest.id)?.facts).toMatchObject({
      count: 2,
      dueAt: at('2022-10-12T18:00'),
    });
    expect(letters.find(({ personId }) => personId === dana.id)?.facts['dueAt']).toBe(at('2022-10-18T18:00'));
  });

  it('stands in the history of the round, and is the secretary’s alone', async () => {
    const { roundId, site, desk, page, api } = await scoring();
    await press(desk, page);
    const [judge, watcher] = [await site.signIn(chair), await site.signIn(auditor)];
    const { deeds } = JSON.parse((await watcher.get(`/api/rounds/${roundId}/history`)).text);

    const deed = deeds.find(({ type }: { type: string }) => type === 'scores-reminded');
    expect(deed).toMatchObject({ by: { id: secretary.id }, stage: 'scoring' });
    for (const seat of [judge, watcher]) {
      expect((await seat.get(page)).status).toBe(403);
      expect((await seat.send('POST', api, { about: 'scores', confirmed: 5 })).status).toBe(403);
    }
    expect((await desk.get(`/en/committee/rounds/${roundId}/scoring`)).text).toContain(page);
    expect((await judge.get(`/en/committee/rounds/${roundId}/scoring`)).text).not.toContain(page);
  });
});

describe('reminding who has not voted', () => {
  it('reaches them alone, and leaves nothing to be reminded of at another time', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world, [{}]);
    const desk = await aCommitteeSite(world).signIn(secretary);
    const page = `/en/committee/rounds/${roundId}/reminders`;
    expect((await desk.get(page)).text).toContain('Nobody owes anything here.');
    const { proposal } = granted(await drawUpProposal(world, { by: secretary, roundId })).state;
    if (!proposal) throw new Error('Nothing lies on the table.');
    for (const by of [chair, dana, erlan]) {
      granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
    }
    expect((await desk.get(`/en/committee/rounds/${roundId}`)).text).toContain(page);
    const { typed, answer } = await press(desk, page);
    await tellDue(world);

    expect([typed, answer.status]).toMatchObject([{ about: 'vote', confirmed: '2' }, 303]);
    expect(
      lettersOf(world, 'committee-vote-reminder')
        .map(({ personId }) => personId)
        .toSorted(),
    ).toEqual(
      everyone
        .slice(3)
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});

describe('reminding who has not ranked', () => {
  it('reaches them beside those who have not voted, by letters of their own', async () => {
    const { world, roundId, cast } = await anOpenPoll();
    granted(await cast(dana, [0, 1, 2, 3]));
    const desk = await aCommitteeSite(world).signIn(secretary);
    const api = `/api/rounds/${roundId}/reminders`;
    const { outstanding } = JSON.parse((await desk.get(api)).text);

    expect(
      outstanding.map(({ about, owing }: { about: string; owing: unknown[] }) => [about, owing.length]),
    ).toEqual([
      ['vote', 5],
      ['ballot', 4],
    ]);
    expect((await desk.send('POST', api, { about: 'ballot', confirmed: 4 })).status).toBe(200);
    await tellDue(world);
    expect(lettersOf(world, 'committee-ballot-reminder')).toHaveLength(4);
    expect(lettersOf(world, 'committee-vote-reminder')).toHaveLength(0);
  });
});

describe('the page of reminders', () => {
  it.for(locales)('says everything in %s', async (locale) => {
    const { roundId, desk } = await scoring(2);
    const t = translator(locale);
    const { text } = await desk.get(`/${locale}/committee/rounds/${roundId}/reminders`);

    expect(text).toContain(t('committee.remind.text'));
    expect(parse(text).querySelector('main button')?.text).toBe(t('committee.remind.send', { count: 4 }));
    expect(parse(text).querySelectorAll('pre.letter')).toHaveLength(3);
  });
});
