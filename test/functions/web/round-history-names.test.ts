import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { recordAbsence } from '#functions/commands/chairing.ts';
import { declareOwnConflict, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aHostingScene, guest, typedGuest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { committeeHas, inConflictWith } from '#test/builders/panels.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  auditor,
  chair,
  dana,
  erlan,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

const names = {
  dana: 'Дана Маратқызы',
  erlan: 'Ерлан Болатұлы',
  chair: 'Күләш Ерболқызы',
  guest: 'Сәуле Қонақ',
};

const electing = (): Uint8Array => {
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.committee;
  const absentChair = { replacedBy: 'elected' as const, source, confidence, verifiedOn };
  return asUpload({ ...file, committee: { ...file.committee, absentChair } });
};

/**
 * Scoring, with a guest who came and one who did not; Dana declared a conflict with the first application and Erlan's with the second is
 * pinned; the third is closed to the secretary too, and the fourth was another's for a while. What joins them was compared as well.
 */
const aRound = async () => {
  const { world, roundId, applications, invite, join } = await aHostingScene(4, electing());
  granted(await invite());
  granted(await join());
  granted(await invite({ name: 'Әлия Күтілген', mail: 'aliya@example.kz' }));
  const about = (place: number) => ({ roundId, applicationId: nth(applications, place).id });
  granted(await declareOwnConflict(world, { by: dana, ...about(0) }));
  const ruled = { by: secretary, memberId: erlan.id, reason: 'A cousin.' };
  granted(await ruleOnConflictOf(world, { ...ruled, ...about(1), ruling: 'pinned' }));
  const other = nth(members, 3);
  granted(await ruleOnConflictOf(world, { ...ruled, memberId: other.id, ...about(3), ruling: 'pinned' }));
  granted(await ruleOnConflictOf(world, { ...ruled, memberId: other.id, ...about(3), ruling: 'cleared' }));
  await inConflictWith(world, roundId, nth(applications, 2).id, [secretary.id, other.id]);
  const found = [
    { memberId: dana.id, applicationId: about(0).applicationId, grounds: ['school' as const], bars: true },
    { memberId: other.id, applicationId: about(2).applicationId, grounds: ['address' as const], bars: true },
    {
      memberId: erlan.id,
      applicationId: about(3).applicationId,
      grounds: ['employer' as const, 'locality' as const],
      bars: false,
    },
  ];
  await committeeHas(world, roundId, [{ type: 'conflicts-found', at: world.clock.now(), found }]);
  granted(await recordAbsence(world, { by: secretary, roundId, standIn: dana.id, reason: 'Ill.' }));
  const numbers = applications.map(({ number }) => number);
  const { applicationId } = about(0);
  for (const by of await ratersOf(world, applicationId))
    granted(await score({ world, roundId }, by, applicationId));
  const opening = {
    by: secretary,
    roundId,
    suggested: false,
    numbers: numbers.slice(0, 1),
    absent: [dana.id],
  };
  granted(await openDiscussionOf(world, opening));
  const move = { kind: 'arrive', personId: dana.id } as const;
  granted(await moveDiscussionOf(world, { by: secretary, roundId, seen: 1, move }));
  const site = aSelectionSite(world);
  await site.tokens.staff(erlan, names.erlan);
  await site.tokens.staff(chair, names.chair);
  await site.tokens.staff(guest, names.guest);
  const steps = async (who: Person, locale = 'en') => {
    const seat = await site.staff(who);
    const { text } = await seat.get(`/${locale}/manage/rounds/${roundId}/history`);
    const all = parse(text)
      .querySelectorAll('.timeline li')
      .map((step) => step.text.replaceAll(/\s+/g, ' '));
    return {
      all: all.join('\n'),
      about: (title: string) => all.filter((step) => step.includes(title)).join('\n'),
    };
  };
  return { world, roundId, site, numbers, other, steps };
};

const said = (type: 'guest-invited' | 'conflict-declared' | 'conflicts-found'): string =>
  translator('en')(`watch.event.${type}`);

describe('the timeline of a round', () => {
  it('names to the secretary guests, conflicts and how they were ruled on, but nobody for what is closed to them', async () => {
    const { steps, numbers, other } = await aRound();
    const [first, second, third, fourth] = numbers;
    const { about, all } = await steps(secretary);

    expect(about(said('guest-invited'))).toContain(`${names.guest}, Karaganda`);
    expect(about(said('guest-invited'))).toContain('Әлия Күтілген, Karaganda');
    expect(about(said('conflict-declared'))).toContain(`${dana.id}, ${first}`);
    expect(all).toContain(`${names.erlan}, ${second}, conflict confirmed`);
    expect(all).toContain(`${other.id}, ${fourth}, conflict cleared`);
    expect(about(said('conflict-declared'))).not.toContain(`${other.id}, ${third}`);
    const found = about(said('conflicts-found'));
    expect(found).toContain(`${dana.id}, ${first}, works at a wanted school`);
    expect(found).toContain(`${names.erlan}, ${fourth}, same place of work, same village or town`);
    expect(found).not.toContain('same address');
    // The own one is on the page of conflicts.
    expect(all).not.toContain(third);
  });

  it('names to a member that the own conflict keeps them away, not from what, and of others nothing', async () => {
    const { steps, numbers } = await aRound();
    const { all, about } = await steps(dana);

    expect(about(said('conflict-declared'))).toContain(`${dana.id}. `);
    expect(about(said('conflicts-found'))).toContain(`${dana.id}. `);
    expect(about(said('conflicts-found'))).not.toMatch(/same |wanted school|Ерлан/);
    for (const number of numbers) expect(all).not.toContain(number);
    expect(all).not.toContain('conflict confirmed');
    expect(all).toContain(`${names.guest}, Karaganda`);
    expect(all).not.toContain('Әлия Күтілген');
    expect(all).toContain('guest no. 2, Karaganda');
  });

  it('names to whoever watches no conflict at all', async () => {
    const { steps, numbers } = await aRound();
    const { all } = await steps(auditor);

    for (const number of numbers) expect(all).not.toContain(number);
    expect(all).not.toContain('conflict c');
    expect(all).not.toContain(typedGuest.name);
  });

  it.for(locales)('names who chairs for whom, and who came to a discussion, in %s', async (locale) => {
    const { steps } = await aRound();
    const t = translator(locale);
    const { about } = await steps(auditor, locale);

    const elected = `${dana.id}, ${t('watch.insteadOf', { name: names.chair })}`;
    expect(about(t('watch.event.chair-absent'))).toContain(elected);
    expect(about(t('watch.event.member-arrived'))).toContain(dana.id);
  });

  it('says the same to a program', async () => {
    const { roundId, site, numbers } = await aRound();
    const read = async (who: Person) => {
      const seat = await site.staff(who);
      return JSON.parse((await seat.get(`/api/rounds/${roundId}/history`)).text).deeds;
    };

    const told = await read(secretary);
    const conflict = { memberId: erlan.id, number: numbers[1], ruling: 'pinned' };
    expect(told).toContainEqual(expect.objectContaining({ type: 'conflict-ruled', conflict }));
    const invited = { number: 2, region: 'KZ-35', name: 'Әлия Күтілген' };
    expect(told).toContainEqual(expect.objectContaining({ type: 'guest-invited', guest: invited }));
    const found = [
      { memberId: dana.id, number: numbers[0], grounds: ['school'] },
      { memberId: erlan.id, number: numbers[3], grounds: ['employer', 'locality'] },
    ];
    expect(told).toContainEqual(expect.objectContaining({ type: 'conflicts-found', found }));
    expect(JSON.stringify(await read(auditor))).not.toMatch(/"conflict"|"found"|Күтілген|KZ19-/);
  });
});
