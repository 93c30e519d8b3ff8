import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { candidaciesOf, candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { anOpenPoll } from '#test/builders/poll-scenes.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aDraftIn, aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  aScreeningIn,
  chair,
  dana,
  erlan,
  members,
  ratersOf,
  score,
  seatIn,
  secretary,
  stranger,
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

const ask = async (seat: Seat) => JSON.parse((await seat.get('/api/committees')).text).committees;

describe('the own committees over the API', () => {
  it('say the same as their page, of nobody else, and to nobody who is not signed in', async () => {
    const { world, roundId, site } = await screening();
    const [member, desk] = [await site.signIn(dana), await site.signIn(secretary)];
    const before = await ask(member);
    granted(await drawUpProposal(world, { by: secretary, roundId }));

    expect(before).toEqual([
      {
        round: roundId,
        intake: '2022-3',
        stage: 'screening',
        seat: 'member',
        work: {
          plannedEnd: '2022-10-11T18:00:00.000Z',
          owed: expect.any(Number),
          voteAwaited: false,
          ballotAwaited: false,
        },
      },
    ]);
    expect((await ask(member))[0].work.voteAwaited).toBe(true);
    expect((await ask(desk))[0]).toMatchObject({ seat: 'secretary', work: { voteAwaited: false } });
    expect(await ask(await site.signIn(stranger))).toEqual([]);
    expect((await site.anonymous.get('/api/committees')).status).toBe(401);
  });
});

const itemsIn = (html: string): string[] =>
  parse(html)
    .querySelectorAll('main tbody li')
    .map((item) => item.text);

describe('what waits on the own page', () => {
  it('counts the scores that are owed, and leads to them', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}, {}, {}]);
    const site = aCommitteeSite(world);
    const [judge, desk] = [await site.signIn(dana), await site.signIn(secretary)];
    const before = await ownRow(judge, 'en');
    const mine = [];
    for (const { id } of applications) {
      if ((await ratersOf(world, id)).some((rater) => rater.id === dana.id)) mine.push(id);
    }
    const [first, second] = mine;
    if (!first || !second) throw new Error('Two are hers.');
    granted(await score({ world, roundId }, dana, first));

    expect([before.at(-1), (await ownRow(judge, 'en')).at(-1)]).toEqual(['2 scores', '1 score']);
    expect((await judge.get('/en/committee')).text).toContain(`/en/committee/rounds/${roundId}/scoring`);
    expect((await ownRow(desk, 'en')).at(-1)).toBe('–');
    granted(await score({ world, roundId }, dana, second));
    expect((await ownRow(judge, 'en')).at(-1)).toBe('–');
  });

  it('counts applications that wait for a judgement, without those that a conflict of interest closes', async () => {
    const world = aWorld();
    const historian = { subjects: ['history'] };
    const { roundId, applications } = await aScreeningIn(world, [{}, historian, historian]);
    const site = aCommitteeSite(world);
    const [one, other] = [await site.signIn(dana), await site.signIn(erlan)];
    const last = applications.at(-1);
    if (!last) throw new Error('Three applied.');
    granted(await declareOwnConflict(world, { by: erlan, roundId, applicationId: last.id }));

    expect((await ownRow(one, 'en')).at(-1)).toBe('2 applications to judge');
    expect((await ownRow(other, 'en')).at(-1)).toBe('1 application to judge');
  });

  it('says that a ballot is awaited beside the vote, until it is cast', async () => {
    const { world, roundId, cast } = await anOpenPoll();
    const seat = await aCommitteeSite(world).signIn(dana);
    const before = (await seat.get('/en/committee')).text;
    granted(await cast(dana, [0, 1, 2, 3]));
    const after = (await seat.get('/en/committee')).text;

    expect(itemsIn(before)).toEqual(['Your vote', 'Your ballot']);
    expect(before).toContain(`/en/committee/rounds/${roundId}/ballots`);
    expect(itemsIn(after)).toEqual(['Your vote']);
  });

  it('says nothing of a vote in which somebody takes no part', async () => {
    const { world, roundId, site } = await screening();
    const list = await world.records.list(candidacyAggregate, 'list', candidaciesOf(roundId));
    for (const { id } of list.items) {
      granted(await declareOwnConflict(world, { by: dana, roundId, applicationId: ApplicationId.parse(id) }));
    }
    granted(await drawUpProposal(world, { by: secretary, roundId }));

    expect((await ownRow(await site.signIn(dana), 'en')).at(-1)).toBe('–');
    expect((await ownRow(await site.signIn(erlan), 'en')).at(-1)).toBe('Your vote');
  });

  it('comes first, whatever round is newer', async () => {
    const world = aWorld();
    const { roundId: older } = await aScoringIn(world, [{}, {}, {}, {}, {}]);
    world.clock.pass(60);
    const newer = await aDraftIn(world, asUpload(aRoundFile({ intake: '2022-4' })));
    await seatIn(world, newer, [[dana, 'member']]);
    const seat = await aCommitteeSite(world).signIn(dana);

    const links = parse((await seat.get('/en/committee')).text)
      .querySelectorAll('main tbody tr td:first-child a, main tbody tr th a')
      .map((link) => link.getAttribute('href'));
    expect(links).toEqual([older, newer].map((id) => `/en/committee/rounds/${id}`));
  });

  it('counts a guest’s scores on the page and for a program', async () => {
    const { world, roundId, hosted } = await aHostingScene();
    await hosted();
    const seat = await aCommitteeSite(world).signIn(guest);

    expect((await seat.get('/en/guest')).text).toContain('2 scores');
    expect(JSON.parse((await seat.get('/api/guest/rounds')).text).rounds).toMatchObject([
      { roundId, owed: 2 },
    ]);
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
