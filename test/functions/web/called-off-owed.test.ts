import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects } from '#functions/commands/claim-effects.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { openGate } from '#functions/commands/gates.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import { viewInterviews } from '#functions/commands/interview-view.ts';
import { cancelOwedInterview, planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import {
  advanceTo,
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { countedIn, grantedIn, planning, scoredIn } from '#test/builders/owed-interviews.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

/** The first's interview was called off and the stage decided without another time; a claim found that they are owed it. */
const aScene = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(2) });
  const slot = nth(await slotsPlanned(world, roundId, 1), 0);
  const aigul = nth(candidates, 0);
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  granted(await callInterviewOff(world, { by: secretary, roundId, slotId: slot.id, reason: 'Су басты' }));
  world.clock.to(at('2022-11-02T06:00'));
  const standings = candidates.map(({ applicationId, application: { number } }, index): Standing => {
    const whose = { applicationId, number, scoring: 80 - index };
    return index === 0
      ? { ...whose, outcome: 'stops', reasons: ['interview-not-booked'] }
      : { ...whose, outcome: 'goes-on', reasons: [], interview: 70, total: 70, rank: 1 };
  });
  await advanceTo(world, roundId, { from: 'interviews', to: 'preliminary', standings });
  await advanceTo(world, roundId, { from: 'preliminary', to: 'claims', standings });
  granted(await openGate(world, { roundId, token: 'claims' }));
  const text = 'Басқа уақыт берілмеді.';
  const claimId = granted(await makeClaim(world, { ...aigul, grounds: 'procedure', text })).state.id;
  const about = { by: chair, roundId, claimId, corrected: { interviewOwed: true } } as const;
  const { digest: shown } = granted(await claimEffects(world, about));
  granted(await settleClaim(world, { ...about, verdict: 'upheld', reason: 'Берілмеген.', shown }));
  const { applicationId } = aigul;
  const { number } = aigul.application;
  const on = (by: Person) => ({ by, roundId, applicationId });
  const scene = { world, roundId, candidates, third: aigul, applicationId, number, claimId, on };
  await grantedIn(scene);
  const waiting = async () =>
    granted(await viewInterviews(world, { by: secretary, roundId })).unbooked.flatMap(
      ({ calledOff }) => calledOff ?? [],
    );
  /** What the pages say to somebody, who signs in for it. */
  const said = async (by: Person) => {
    const desk = await aSelectionSite(world).staff(by);
    const pages = locales.map(async (locale) => {
      const t = translator(locale);
      const list = `/${locale}/committee/rounds/${roundId}/interviews`;
      const all = parse((await desk.get(list)).text).text;
      const one = parse((await desk.get(`${list}/${applicationId}`)).text).text;
      const its = { at: t.moment(slot.startsAt, 'Asia/Almaty') };
      return {
        listed: all.includes(t('interview.calledOff.times')),
        calledOff: one.includes(t('interview.calledOff.stage', its)),
        withoutAnother: one.includes(t('interview.notBooked.calledOff', its)),
      };
    });
    return await Promise.all(pages);
  };
  return { scene, slot, waiting, said };
};

const inEach = <T>(said: T): T[] => locales.map(() => said);

describe('an interview that was called off, and is held after its stage', () => {
  it('waits for another time until it has one, and for none once that is set or counted', async () => {
    const { scene, slot, waiting, said } = await aScene();
    const { world } = scene;
    expect(await waiting()).toEqual([slot.startsAt]);
    expect(await said(secretary)).toEqual(inEach({ listed: true, calledOff: true, withoutAnother: true }));

    granted(await planOwedInterview(world, planning(scene)));
    expect(await waiting()).toEqual([]);
    const over = inEach({ listed: false, calledOff: true, withoutAnother: false });
    expect(await said(chair)).toEqual(over);

    await scoredIn(scene);
    await countedIn(scene);
    expect(await said(nth(members, 0))).toEqual(over);
  });

  it('waits again once that time is called off as well, and is listed by the time of the stage', async () => {
    const { scene, slot, waiting, said } = await aScene();
    const { world, on } = scene;
    granted(await planOwedInterview(world, planning(scene)));
    granted(await cancelOwedInterview(world, { ...on(secretary), reason: 'Жарық жоқ.' }));

    expect(await waiting()).toEqual([slot.startsAt]);
    expect(await said(secretary)).toEqual(inEach({ listed: true, calledOff: true, withoutAnother: true }));
  });
});
