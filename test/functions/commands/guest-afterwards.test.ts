import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { ownScores } from '#functions/commands/own-scores.ts';
import { ownFeedback } from '#functions/commands/rater-feedback.ts';
import { scoringView } from '#functions/commands/scoring-views.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, candidacyOf, chair, members, score, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const feedbackFile = (): Uint8Array => {
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.raters;
  const feedback = { atLeast: 5, toSecretary: 'nothing', source, confidence, verifiedOn } as const;
  return asUpload({ ...file, raters: { ...file.raters, feedback } });
};

/** Five applications scored by everybody who was asked; the guest is milder than they are. */
const scoredByAll = async () => {
  const scene = await aHostingScene(5, feedbackFile());
  const { world, applications, hosted } = scene;
  await hosted({ atMost: '', applications: applications.map(({ number }) => number).join(', ') });
  for (const [index, { id }] of applications.entries()) {
    const { raters } = await candidacyOf(world, id);
    for (const by of [chair, ...members].filter((one) => raters.includes(one.id))) {
      granted(await score(scene, by, id, index === 4));
    }
    granted(await score(scene, guest, id, true));
  }
  return scene;
};

describe('what a guest is told of the own scores', () => {
  it('is there while scoring goes on, and after it, as long as the invitation stands', async () => {
    const { world, roundId } = await scoredByAll();
    const during = granted(await ownFeedback(world, { by: guest, roundId })).feedback;
    await advanceIn(world, roundId);

    expect(await scoringView(world, { by: guest, roundId })).toMatchObject({ error: { kind: 'not-found' } });
    const after = granted(await ownFeedback(world, { by: guest, roundId })).feedback;
    expect(after).toEqual(during);
    expect(after.scores).toBe(5);
    expect(after.severity?.low).toBeGreaterThan(0);
    world.clock.to(at('2022-10-21T12:00'));
    expect(await ownFeedback(world, { by: guest, roundId })).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('is reached from the own page, and from the committee’s for who votes', async () => {
    const { world, roundId } = await scoredByAll();
    await advanceIn(world, roundId);
    const site = aCommitteeSite(world);
    const [own, seat] = [await site.signIn(guest), await site.signIn(chair)];
    const feedback = `/en/committee/rounds/${roundId}/feedback`;

    expect((await own.get('/en/guest')).text).toContain(feedback);
    const page = await own.get(feedback);
    expect(page.status).toBe(200);
    expect(page.text).toContain('You are more lenient than the others.');
    expect(page.text).toContain('nothing here changes a result');
    expect(parse(page.text).querySelector('.govuk-back-link')?.getAttribute('href')).toBe('/en/guest');
    expect((await seat.get(`/en/committee/rounds/${roundId}`)).text).toContain(feedback);
    expect((await seat.get(feedback)).status).toBe(200);
    for (const { id } of [chair, ...members]) expect(page.text).not.toContain(id);
  });
});

describe('what is stored of the own scores', () => {
  it('is read by who gave them, a guest too, while scoring goes on and afterwards, and nobody else’s', async () => {
    const { world, roundId, applications } = await scoredByAll();
    const during = granted(await ownScores(world, { by: guest, roundId })).scores;
    await advanceIn(world, roundId);
    const after = granted(await ownScores(world, { by: guest, roundId })).scores;

    expect(after).toEqual(during);
    expect(after.map(({ number }) => number)).toEqual(applications.map(({ number }) => number).toSorted());
    for (const { score: stored, counts } of after) {
      expect([stored.raterId, stored.total, counts]).toEqual([guest.id, 100, true]);
    }
    const given = (await candidacyOf(world, nth(applications, 0).id)).raters.includes(chair.id) ? 1 : 0;
    const own = granted(await ownScores(world, { by: chair, roundId })).scores;
    expect(own.filter(({ applicationId }) => applicationId === nth(applications, 0).id)).toHaveLength(given);
    expect(new Set(own.map(({ score: { raterId } }) => raterId))).toEqual(new Set([chair.id]));
    expect(await ownScores(world, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    world.clock.to(at('2022-10-21T12:00'));
    expect(await ownScores(world, { by: guest, roundId })).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('stands on a page of their own, in a file and for a program, and says what to do where it is wrong', async () => {
    const { world, roundId, applications } = await scoredByAll();
    const site = aCommitteeSite(world);
    const own = await site.signIn(guest);
    const stored = `/en/committee/rounds/${roundId}/own-scores`;

    expect((await own.get(`/en/committee/rounds/${roundId}/scoring`)).text).toContain(stored);
    expect((await own.get(stored)).text).toContain('correct it on the card of that application');
    await advanceIn(world, roundId);
    expect((await own.get('/en/guest')).text).toContain(stored);
    const page = await own.get(stored);
    expect(page.text).toContain('report it below the application');
    for (const { number } of applications) expect(page.text).toContain(number);
    const csv = (await own.get(`${stored}/own-scores.csv`)).text;
    expect(csv.trim().split('\n')).toHaveLength(1 + applications.length);
    expect((await own.get(`${stored}/own-scores.xlsx`)).status).toBe(200);
    expect((await own.get(`${stored}/scores.csv`)).status).toBe(404);
    const { scores } = JSON.parse((await own.get(`/api/rounds/${roundId}/scoring/own`)).text);
    expect(scores).toHaveLength(applications.length);
    expect(scores[0]).toMatchObject({ total: 100, counts: true, comments: { committee: '', applicant: '' } });
    for (const { id } of [chair, ...members]) expect(page.text + csv).not.toContain(id);
  });

  it('leaves out an application that a conflict has closed since', async () => {
    const scene = await scoredByAll();
    const { world, roundId, applications } = scene;
    const { id: applicationId, number } = nth(applications, 2);
    granted(await declareOwnConflict(world, { by: guest, roundId, applicationId }));

    const { scores } = granted(await ownScores(world, { by: guest, roundId }));
    expect(scores.map((one) => one.number)).not.toContain(number);
    expect(scores).toHaveLength(4);
  });
});
