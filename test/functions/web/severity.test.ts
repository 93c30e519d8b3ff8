import { parse } from 'node-html-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { takeProposalBack } from '#functions/commands/gate-work.ts';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import { inPercent } from '#functions/web/words.ts';
import { certainWithin } from '#shared/domain/score-interval.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import { type Locale, translator } from '#shared/i18n/index.ts';
import { administrator, granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, dana, secretary } from '#test/builders/selection.ts';
import { aSeverityScene, proposedIn, type SeverityScene } from '#test/builders/severity-scene.ts';
import { aSelectionSite } from './selection-site.ts';

const headsOf = (html: string, table: string): string[] =>
  parse(html)
    .querySelectorAll(`#${table} thead th`)
    .map((head) => head.text.trim());

const columnOf = (html: string, head: string): string[] => {
  const place = headsOf(html, 'ranking').findIndex((one) => one.startsWith(head));
  return parse(html)
    .querySelectorAll('#ranking tbody tr')
    .map((row) => row.querySelectorAll('td, th')[place]?.text.trim() ?? '');
};

/** After the decision, told by letters. */
const told = async (scene: SeverityScene): Promise<void> => {
  const { world, roundId } = scene;
  granted(await takeProposalBack(world, { by: secretary, roundId }));
  await advanceIn(world, roundId);
  granted(await releaseDecision(world, { by: administrator, roundId, about: 'scoring', confirmed: 24 }));
};

/** What the page says of how sure a total is. */
const sureness = (own: Standing | undefined, locale: Locale): string[] => {
  const t = translator(locale);
  const { spread, total = 0 } = own ?? {};
  if (!spread) throw new Error('Nothing is said of how sure the total is.');
  const { from, to } = certainWithin(total, spread.error);
  expect(from).toBeLessThan(to);
  const facts = { from: t.number(from), to: t.number(to), error: t.number(spread.error) };
  const [best, worst] = spread.ranks;
  expect(best).toBeLessThan(worst);
  return [
    t('results.spread.points', facts),
    t('results.spread.ranks', { best, worst }),
    t('results.spread.text'),
  ];
};

describe('a round in which adjusted scores count', () => {
  let scene: SeverityScene;
  let list: StandingList;
  let site: ReturnType<typeof aSelectionSite>;
  let gate: string;
  let seat: Awaited<ReturnType<typeof site.staff>>;
  beforeAll(async () => {
    scene = await aSeverityScene(0.5);
    list = await proposedIn(scene);
    site = aSelectionSite(scene.world);
    seat = await site.staff(secretary);
    gate = (await (await site.staff(dana)).get(`/en/committee/rounds/${scene.roundId}`)).text;
  });

  it('shows the committee which scores count, every check, and both means with the error', () => {
    expect(gate).toContain('adjusted for the severity of raters');
    for (const { check } of list.adjustment?.checks ?? []) {
      expect(gate).toContain(translator('en')(`severity.check.${check}`));
    }
    expect(headsOf(gate, 'ranking').slice(2, 5)).toEqual(['As given, %', 'Adjusted ± error, %', 'Total, %']);
    const adjusted = columnOf(gate, 'Adjusted').map((cell) => cell.split(' ± '));
    expect(adjusted.map(([value]) => value)).toEqual(columnOf(gate, 'Total, %'));
    expect(adjusted.every(([, error]) => Number(error) > 0)).toBe(true);
    expect(columnOf(gate, 'As given, %')).not.toEqual(columnOf(gate, 'Total, %'));
  });

  it('sorts by the mean as it was given', async () => {
    const page = `/en/committee/rounds/${scene.roundId}?ranking=-raw`;
    const sorted = (await seat.get(page)).text;
    const values = columnOf(sorted, 'As given, %').map(Number);

    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values.map(String)).not.toEqual(columnOf(gate, 'As given, %'));
  });

  it('gives programs the same, and lists for spreadsheets both means', async () => {
    const answer = JSON.parse((await seat.get(`/api/rounds/${scene.roundId}/gate`)).text);
    const csv = (await seat.get(`/en/committee/rounds/${scene.roundId}/lists/ranking.csv`)).text;

    expect(answer.list.adjustment).toEqual(list.adjustment);
    expect(answer.list.standings[0].rated).toEqual(list.standings[0]?.rated);
    const ranking = JSON.parse((await seat.get(`/api/rounds/${scene.roundId}/lists/ranking`)).text);
    expect(ranking).toEqual({
      stage: 'scoring',
      adjustment: list.adjustment,
      line: list.line,
      standings: answer.list.standings,
    });
    expect(csv).toContain('Raters, as given');
  });

  it('tells applicants what was changed and why, in their language, once they are told of the decision', async () => {
    const [first] = scene.applications;
    const page = (locale: string) => `/${locale}/applications/${first?.id}/result`;
    const applicant = await site.applicant(anApplicant(0));
    expect((await applicant.get(page('en'))).text).not.toContain('Raters, adjusted');

    await told(scene);

    const own = list.standings.find(({ applicationId }) => applicationId === first?.id);
    const rated = own?.rated;
    for (const locale of ['kk', 'ru', 'en'] as const) {
      const t = translator(locale);
      const { text } = await applicant.get(page(locale));
      const words = parse(text).text;
      expect(words).toContain(t('severity.own.why'));
      expect(words).toContain(t('results.percent', { value: t.number(rated?.raw ?? 0) }));
      expect(words).toContain(t('results.percent', { value: t.number(rated?.adjusted ?? 0) }));
      expect(words).toContain(t('severity.counts.adjusted'));
      for (const said of sureness(own, locale)) expect(words).toContain(said);
    }
    const answer = await applicant.get(`/api/applications/${first?.id}/result`);
    expect(JSON.parse(answer.text).adjustment).toEqual({ counts: list.adjustment?.counts, rated });
  });

  it('has evaluation sheets with both means, whose total is the one that counts', async () => {
    const { text } = await seat.get(`/api/rounds/${scene.roundId}/evaluation-sheets`);
    const sheets: { number: string; scoring: object }[] = JSON.parse(text).sheets;

    expect(sheets).toHaveLength(24);
    for (const { number, scoring } of sheets) {
      const standing = list.standings.find((one) => one.number === number);
      expect(scoring).toMatchObject({
        total: standing?.rated?.adjusted,
        rated: { ...standing?.rated, counts: 'adjusted' },
      });
    }
  });

  it('says on the charts that ranks go by adjusted scores, and to programs why', async () => {
    const charts = `/en/committee/rounds/${scene.roundId}/charts`;
    const { text } = await seat.get(charts);

    expect(text).toContain('The ranks of the round go by adjusted scores as well');
    const answer = JSON.parse((await seat.get(`/api/rounds/${scene.roundId}/charts`)).text);
    expect(answer.adjustment).toEqual(list.adjustment);
  });

  it('names the rule to anyone beside the call', async () => {
    const { text } = await site.anonymous.get(`/en/calls/${scene.roundId}/rules`);

    expect(text).toContain('Scores of raters are adjusted for how severe each rater is');
  });
});

describe('a round in which a check was not passed', () => {
  it('says so with what was found, to the committee and to applicants', async () => {
    const scene = await aSeverityScene(0);
    const { adjustment } = await proposedIn(scene);
    const site = aSelectionSite(scene.world);
    const page = (await (await site.staff(dana)).get(`/ru/committee/rounds/${scene.roundId}`)).text;
    const t = translator('ru');
    const { found = 0 } = adjustment?.checks.find(({ check }) => check === 'reliability') ?? {};

    expect(page).toContain(t('severity.text.raw'));
    const row = parse(page)
      .querySelectorAll('tr')
      .find(({ text }) => text.includes(t('severity.check.reliability')));
    expect(row?.text).toContain(t('severity.failed'));
    expect(row?.text).toContain(t.number(found));
    expect(columnOf(page, inPercent(t('severity.raw.short')))).toEqual(
      columnOf(page, inPercent(t('committee.total'))),
    );

    await told(scene);
    const [first] = scene.applications;
    const own = await (await site.applicant(anApplicant(0))).get(`/ru/applications/${first?.id}/result`);
    expect(parse(own.text).text).toContain(t('severity.own.raw'));
  });
});
