import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { evaluationSheets } from '#functions/commands/evaluation-sheets.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { evaluationSheetPapers } from '#shared/papers/evaluation-sheet-paper.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aFile, aMarkedScoring, imported, scoreAll } from '#test/builders/marks-scene.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  anIin,
  aScoringIn,
  auditor,
  chair,
  dana,
  pointsOf,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';

/** Planted into what an applicant types; none of it may be on a sheet. */
const typed = { fullName: 'MARKERNAME Aigul', institution: 'MARKERPLACE University' };

const scored = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [typed, typed]);
  const points = await pointsOf(world, true, roundId);
  for (const { id: applicationId } of applications) {
    for (const by of await ratersOf(world, applicationId)) {
      const comments = { committee: 'SAID to us', applicant: 'SAID to them' };
      granted(await scoreApplication(world, { by, roundId, applicationId, points, comments }));
    }
  }
  const round = `/en/committee/rounds/${roundId}`;
  return { world, roundId, applications, round, site: aCommitteeSite(world) };
};

describe('evaluation sheets', () => {
  it('are the secretary’s while scoring goes on, by number and code, and that they were read is noted', async () => {
    const { world, site, round, roundId, applications } = await scored();
    const seat = await site.signIn(secretary);

    const page = await seat.get(`${round}/evaluation-sheets`);
    const file = await seat.get(`${round}/evaluation-sheets/1-kk.pdf`);
    const { text } = await seat.get(`/api/rounds/${roundId}/evaluation-sheets`);

    expect(page.text).toContain('evaluation-sheets/1-ru.pdf');
    expect(page.text).toContain('This evaluation sheet is a sample');
    expect(file.status).toBe(200);
    for (const { number } of applications) expect(text).toContain(number);
    expect(JSON.parse(text).sheets[0].scoring).toMatchObject({
      total: 100,
      cards: [{ comment: 'SAID to us' }, {}],
    });
    for (const answer of [text, file.text]) {
      expect(answer).not.toMatch(/MARKER|SAID to them/);
      expect(answer).not.toMatch(new RegExp(`${anIin(0)}|${dana.id}`));
    }
    const reads = await world.readLog.of(`round#${roundId}`);
    expect(reads.map(({ what }) => what)).toEqual(['evaluation-sheet', 'evaluation-sheet']);
  });

  it('of one application is a file of its own, also in another language, and not for who has a conflict with it', async () => {
    const { world, site, round, roundId, applications } = await scored();
    const [first] = applications;
    if (!first) throw new Error('Somebody applied.');
    const seat = await site.signIn(secretary);
    const sheet = `${round}/scoring/${first.id}/evaluation-sheet`;

    expect((await seat.get(`${sheet}/ru.pdf`)).status).toBe(200);
    expect((await seat.get(`${sheet}/de.pdf`)).status).toBe(404);
    expect((await seat.get(`${round}/evaluation-sheets/2-kk.pdf`)).status).toBe(404);
    granted(await declareOwnConflict(world, { by: secretary, roundId, applicationId: first.id }));
    expect((await seat.get(`${sheet}/ru.pdf`)).status).toBe(404);
    expect((await seat.get(`/api/rounds/${roundId}/evaluation-sheets`)).text).not.toContain(first.number);
  });

  it('are not for members, nor for an auditor while scoring goes on', async () => {
    const { site, round } = await scored();

    for (const by of [dana, auditor]) {
      const seat = await site.signIn(by);
      expect((await seat.get(`${round}/evaluation-sheets/1-kk.pdf`)).status).toBe(403);
    }
  });

  it('have no total while marks of another organisation are missing, and say so', async () => {
    const scene = await aMarkedScoring(2);
    const { world, roundId, applications } = scene;
    await scoreAll(scene);
    const deps = { ...world, people: memoryPeople() };
    const command = { by: secretary, roundId, which: { part: 1 } };

    const data = granted(await evaluationSheets(deps, command));
    const papers = locales.map((locale) => evaluationSheetPapers(data, translator(locale)));
    await imported(scene, aFile(scene, [80, 60]));
    const half = granted(await evaluationSheets(deps, command));
    await imported(scene, aFile(scene, [20, 10], 'essay'));
    const whole = granted(await evaluationSheets(deps, command));

    for (const { scoring } of [...data.sheets, ...half.sheets]) {
      expect(scoring).toMatchObject({ marksMissing: true, cards: [{}, {}] });
      expect(scoring).not.toHaveProperty('total');
    }
    for (const [place, locale] of locales.entries()) {
      const missing = withPaperTexts(translator(locale))('papers.sheets.marksMissing');
      expect(papers[place]?.flatMap(({ facts }) => facts.map(({ value }) => value))).toContain(missing);
    }
    const best = whole.sheets.find(({ number }) => number === applications[0]?.number);
    expect(best?.scoring.total).toBeLessThan(100);
    expect(best?.scoring).not.toHaveProperty('marksMissing');
  });

  it('of a closed round have both parts and their total, as the results had them', {
    timeout: 60_000,
  }, async () => {
    const world = aWorld();
    const { roundId, applications } = await aClosedRoundIn(world);
    const deps = { ...world, people: memoryPeople() };

    const { sheets } = granted(await evaluationSheets(deps, { by: chair, roundId, which: { part: 1 } }));

    const placed = sheets.find(({ number }) => number === applications[1]?.number);
    expect(placed?.interview?.cards.length).toBeGreaterThan(2);
    const { scoring, interview, total } = placed ?? {};
    expect(total).toBeCloseTo(0.6 * (scoring?.total ?? 0) + 0.4 * (interview?.total ?? 0), 4);
  });
});
