import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  anIin,
  aScoringIn,
  aScreeningIn,
  auditor,
  candidacyOf,
  chair,
  dana,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';

/** Planted into what people type; none of it may be in a file. */
const typed = { fullName: 'MARKERNAME Aigul', institution: 'MARKERPLACE University' };
const identity = [/MARKER/, new RegExp(anIin(0))];

const scoring = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [typed, typed, typed]);
  const site = aCommitteeSite(world);
  const scoreAs = async (only?: Person): Promise<void> => {
    for (const { id } of applications) {
      const raters = await ratersOf(world, id);
      for (const by of raters.filter((rater) => !only || rater.id === only.id)) {
        granted(await score({ world, roundId }, by, id));
      }
    }
  };
  /** Numbers of what the chair has scored. */
  const scoredByChair = async (): Promise<string[]> => {
    const all = await Promise.all(applications.map(({ id }) => candidacyOf(world, id)));
    return all.filter((one) => scoreBy(one, chair.id)).map(({ number }) => String(number));
  };
  const list = (file: string) => `/en/committee/rounds/${roundId}/lists/${file}`;
  return { world, roundId, applications, site, scoreAs, scoredByChair, list };
};

const linesOf = (text: string): string[] => text.replace('\uFEFF', '').trim().split('\r\n');

describe('a list that is taken away', () => {
  it('has numbers, codes and points, and nothing by which a person is known', async () => {
    const { world, roundId, applications, site, scoreAs, list } = await scoring();
    await scoreAs();
    granted(await drawUpProposal(world, { by: secretary, roundId }));
    const seat = await site.signIn(secretary);
    const numbers = applications.map(({ number }) => number);

    const [people, scores, ranking] = await Promise.all(
      ['applications.csv', 'scores.csv', 'ranking.csv'].map((file) => seat.get(list(file))),
    );
    for (const answer of [people, scores, ranking]) {
      expect(answer?.status).toBe(200);
      for (const number of numbers) expect(answer?.text).toContain(number);
      for (const secret of identity) expect(answer?.text).not.toMatch(secret);
      for (const { id } of [chair, dana]) expect(answer?.text).not.toContain(id);
    }
    expect(linesOf(scores?.text ?? '')).toHaveLength(1 + 2 * applications.length);
    expect(linesOf(ranking?.text ?? '')[1]).toMatch(/^1;KZ19-.*;100;;100;/);
    const reads = await world.readLog.of(`round#${roundId}`);
    expect(reads.map(({ what }) => what)).toEqual(['list', 'list', 'list']);
  });

  it('is a workbook where that is asked for, and nothing else', async () => {
    const { site, list } = await scoring();
    const seat = await site.signIn(secretary);

    expect((await seat.get(list('applications.xlsx'))).text.startsWith('PK')).toBe(true);
    for (const file of ['applications.pdf', 'people.csv', 'applications', 'ranking.csv.exe']) {
      expect((await seat.get(list(file))).status).toBe(404);
    }
    expect((await seat.get(list('ranking.csv'))).status).toBe(200);
  });

  it('tells a chair who owes a score nothing of what others gave', async () => {
    const { site, scoreAs, list } = await scoring();
    const seat = await site.signIn(chair);

    expect((await seat.get(list('scores.csv'))).status).toBe(409);
    await scoreAs(chair);
    expect((await seat.get(list('scores.csv'))).status).toBe(200);
  });

  it('of scores is not for members, nor for an auditor while scoring goes on', async () => {
    const { site, scoreAs, list } = await scoring();
    await scoreAs();

    expect((await (await site.signIn(dana)).get(list('scores.csv'))).status).toBe(403);
    expect((await (await site.signIn(auditor)).get(list('scores.csv'))).status).toBe(403);
  });

  it('leaves out an application with which the reader has a conflict of interest', async () => {
    const { world, roundId, applications, site, scoreAs, scoredByChair, list } = await scoring();
    await scoreAs();
    const { id: applicationId, number } = nth(applications, 0);
    granted(await declareOwnConflict(world, { by: chair, roundId, applicationId }));
    const seat = await site.signIn(chair);

    for (const file of ['applications.csv', 'scores.csv']) {
      const { status, text } = await seat.get(list(file));
      expect(status).toBe(200);
      expect(text).not.toContain(number);
      for (const other of (await scoredByChair()).filter((one) => one !== number))
        expect(text).toContain(other);
    }
  });

  it('has the same codes of raters for whoever reads it, also where less is shown', async () => {
    const { world, roundId, applications, site, scoreAs, scoredByChair, list } = await scoring();
    await scoreAs();
    const { id: applicationId, number } = nth(applications, 0);
    const rowsFor = async (person: Person): Promise<string[]> =>
      linesOf((await (await site.signIn(person)).get(list('scores.csv'))).text).slice(1);
    const all = await rowsFor(secretary);
    granted(await declareOwnConflict(world, { by: chair, roundId, applicationId }));

    const seen = await rowsFor(chair);
    expect(seen.length).toBeGreaterThan(0);
    const own = (await scoredByChair()).filter((one) => one !== number);
    expect(all.filter((row) => own.some((one) => row.startsWith(one)))).toEqual(seen);
  });

  it.each(locales)('says in words why an application stops, as the page does, in %s', async (locale) => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}]);
    const { id: applicationId } = nth(applications, 0);
    const judged = { by: dana, roundId, applicationId, verdict: 'refused', reason: 'As it says.' } as const;
    granted(await judgeApplication(world, judged));
    granted(await drawUpProposal(world, { by: secretary, roundId }));
    const seat = await aCommitteeSite(world).signIn(secretary);
    const round = `/${locale}/committee/rounds/${roundId}`;

    const [page, file] = [await seat.get(round), await seat.get(`${round}/lists/ranking.csv`)];

    for (const { text } of [page, file])
      expect(text).toContain(translator(locale)('committee.reason.judged'));
  });

  it('is linked from its page', async () => {
    const { world, roundId, site, scoreAs, list } = await scoring();
    await scoreAs();
    const seat = await site.signIn(secretary);
    const round = `/en/committee/rounds/${roundId}`;

    expect((await seat.get(`${round}/screening`)).text).toContain(list('applications.xlsx'));
    expect((await seat.get(`${round}/scoring`)).text).toContain(list('scores.xlsx'));
    granted(await drawUpProposal(world, { by: secretary, roundId }));
    expect((await seat.get(round)).text).toContain(list('ranking.csv'));
  });
});
