import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  aScreeningIn,
  chair,
  dana,
  members,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';

const screening = async () => {
  const world = aWorld();
  const { roundId } = await aScreeningIn(world, [{}]);
  const site = aCommitteeSite(world);
  return { world, roundId, site };
};

/** What stands of the one round in the list of somebody's own. */
const ownRow = async (seat: Seat, locale: string): Promise<(string | undefined)[]> => {
  const { text } = await seat.get(`/${locale}/committee`);
  const cells = parse(text).querySelectorAll('main tbody tr')[0]?.childNodes ?? [];
  return cells.map((cell) => cell.text.replaceAll('\u00A0', ' ').trim());
};

describe('the own committees', () => {
  it.for(locales)('say by when the stage should end and where a vote waits, in %s', async (locale) => {
    const { world, roundId, site } = await screening();
    const t = translator(locale);
    const [member, desk] = [await site.signIn(dana), await site.signIn(secretary)];
    const before = await ownRow(member, locale);
    const { proposal } = granted(await drawUpProposal(world, { by: secretary, roundId })).state;
    const asked = await ownRow(member, locale);
    const voteless = await ownRow(desk, locale);
    if (!proposal) throw new Error('Nothing was drawn up.');
    granted(await vote(world, { by: dana, roundId, proposal, choice: 'for', reason: '' }));

    expect(before.at(-1)).toBe('–');
    expect(asked.at(-1)).toBe(t('committee.waits.vote'));
    expect([voteless.at(-1), (await ownRow(member, locale)).at(-1)]).toEqual(['–', '–']);
    // Five working days after Tuesday the 4th of October.
    expect(asked[2]).toMatch(/11.*2022.* 24:00 \(UTC\+06:00\)|2022.* 11 .*24:00 \(UTC\+06:00\)/);
  });
});

describe('the planned end of a stage', () => {
  it('is told where the committee works, and to a program', async () => {
    const { roundId, site } = await screening();
    const seat = await site.signIn(dana);
    const said = 'The round file plans this stage until 11 October 2022 at 24:00 (UTC+06:00).';

    for (const page of ['', '/screening']) {
      const { text } = await seat.get(`/en/committee/rounds/${roundId}${page}`);
      expect(parse(text).text.replaceAll('\u00A0', ' ')).toContain(said);
    }
    const { text } = await seat.get(`/api/rounds/${roundId}/gate`);
    expect(JSON.parse(text).plannedEnd).toBe('2022-10-11T18:00:00.000Z');
  });

  it('is counted anew for the next stage', async () => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world, [{}]);
    const seat = await aCommitteeSite(world).signIn(dana);

    const { text } = await seat.get(`/en/committee/rounds/${roundId}/scoring`);

    // Ten working days.
    expect(parse(text).text.replaceAll('\u00A0', ' ')).toContain('18 October 2022 at 24:00');
  });
});

describe('the list of applications to score', () => {
  it('says that it is empty to who scores, and not to the secretary, who never does', async () => {
    const world = aWorld();
    // One application goes to two of five.
    const { roundId, applications } = await aScoringIn(world, [{}]);
    const raters = applications[0] ? await ratersOf(world, applications[0].id) : [];
    const idle = [chair, ...members].find(({ id }) => raters.every((rater) => rater.id !== id));
    if (!idle) throw new Error('Everybody rates it.');
    const site = aCommitteeSite(world);
    const pages = [];
    for (const who of [idle, secretary]) {
      pages.push((await (await site.signIn(who)).get(`/en/committee/rounds/${roundId}/scoring`)).text);
    }

    expect(pages.map((page) => page.includes(translator('en')('scoring.mine.none')))).toEqual([true, false]);
    expect(pages[1]).toContain(translator('en')('scoring.raters'));
  });
});
