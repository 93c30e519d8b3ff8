import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import { interviewReminders, remindOfInterviews } from '#functions/commands/interview-reminder.ts';
import { viewInterviews } from '#functions/commands/interview-view.ts';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import { isDayBefore, isUnbookedDay } from '#shared/domain/interview-reminding.ts';
import type { Instant } from '#shared/domain/time.ts';
import {
  anInterviewRoundIn,
  applicants,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { roundIn } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** Four are invited on Thursday 20 October; times are on the morning of Monday the 24th. */
const aScene = async (told = true) => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(4) });
  const slots = await slotsPlanned(world, roundId, 6);
  const staff = { by: secretary, roundId };
  if (told) granted(await releaseDecision(world, { ...staff, about: 'scoring', confirmed: 4 }));
  /** The sweep comes twice, and each row is delivered twice. */
  const morningOf = async (moment: Instant) => {
    world.clock.to(moment);
    const round = await roundIn(world, roundId);
    if (!round) throw new Error('There is no round.');
    const rows = interviewReminders(round, moment);
    for (const { body } of [...rows, ...rows]) {
      if (body.kind === 'remind-interviews') await remindOfInterviews(world, body);
    }
    return [...world.records.outbox.values()].flatMap(({ body }) => {
      if (body.kind !== 'letter') return [];
      const { template, facts } = body;
      const isOne = template === 'interview-unbooked' || template === 'interview-reminder';
      return isOne
        ? [`${template} ${candidates.findIndex((one) => one.application.number === facts['number'])}`]
        : [];
    });
  };
  return { world, staff, candidates, slots, morningOf };
};

describe('letters before an interview', () => {
  it('go once to who has no time before the end of booking, and to who has one on the working day before', async () => {
    const { world, staff, candidates, slots, morningOf } = await aScene();
    granted(await bookInterview(world, { ...nth(candidates, 0), slotId: nth(slots, 0).id }));
    granted(await bookInterview(world, { ...nth(candidates, 3), slotId: nth(slots, 3).id }));
    granted(await cancelInterview(world, nth(candidates, 3)));
    granted(await withdrawApplication(world, { ...nth(candidates, 2), reasonCode: 'personal' }));

    // Two working days before Monday is Thursday; from nine o’clock on.
    expect(await morningOf(at('2022-10-20T03:59'))).toEqual(['interview-unbooked 1', 'interview-unbooked 3']);
    expect(await morningOf(at('2022-10-21T04:00'))).toEqual([
      'interview-unbooked 1',
      'interview-unbooked 3',
      'interview-reminder 0',
    ]);
    expect(await morningOf(at('2022-10-22T04:00'))).toHaveLength(3);
    const { reminded } = granted(await viewInterviews(world, staff));
    expect(reminded.map(({ about }) => about).toSorted()).toEqual(['booked', 'unbooked', 'unbooked']);
  });

  it('tell nobody of an invitation that was not told, nor of a choice where no time is free', async () => {
    const untold = await aScene(false);
    expect(await untold.morningOf(at('2022-10-21T04:00'))).toEqual([]);
    const { morningOf } = await aScene();
    expect(await morningOf(at('2022-10-24T09:00'))).toEqual([]);
  });

  it('count working days as the round file does', () => {
    const file = aRoundFile();
    const monday = at('2022-10-24T04:00');
    const named = { ...file, interviews: { ...file.interviews, remindWorkingDays: 1 } };

    expect(['2022-10-19', '2022-10-20'].map((day) => isUnbookedDay(file, day, monday))).toEqual([
      false,
      true,
    ]);
    expect(['2022-10-20', '2022-10-21'].map((day) => isUnbookedDay(named, day, monday))).toEqual([
      false,
      true,
    ]);
    // Tuesday the 25th is Republic Day.
    const wednesday = at('2022-10-26T04:00');
    const days = ['2022-10-21', '2022-10-24', '2022-10-26'];
    expect(days.map((day) => isDayBefore(file, day, wednesday))).toEqual([false, true, false]);
  });
});
