import { describe, expect, it } from 'vitest';
import { candidateTimeline } from '#functions/commands/application-timeline.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { arrangeNeeds, openNeeds } from '#functions/commands/interview-needs.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import type { InterviewWishes } from '#shared/domain/interview-wishes.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { inConflictWith, panelKept, panelSlots } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { auditor } from '#test/builders/selection.ts';

const aRound = async (wishes: Partial<InterviewWishes>) => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(1) });
  const panel = await panelKept(world, roundId);
  const [slot] = await panelSlots(world, roundId, { panel, count: 2 });
  if (!slot) throw new Error('No time.');
  const aigul = nth(candidates, 0);
  const { applicationId } = aigul;
  const say = async (of: Partial<InterviewWishes>) =>
    granted(
      await wishForInterview(world, { ...aigul, wishes: { stepFree: false, needs: [], days: [], ...of } }),
    );
  await say(wishes);
  const seenBy = async (by: Person) => granted(await viewOneInterview(world, { by, roundId, applicationId }));
  const basis = async (): Promise<Sha256> => Sha256.parse((await seenBy(secretary)).needs?.arranging.basis);
  const arrange = async (arranged: boolean, of: { by?: Person; basis?: Sha256 } = {}) =>
    arrangeNeeds(world, { by: secretary, roundId, applicationId, basis: await basis(), arranged, ...of });
  const open = async () => openNeeds(world, granted(await draftTimetable(world, { by: secretary, roundId })));
  return { world, roundId, applicationId, aigul, slot, say, seenBy, basis, arrange, open };
};

const types = async ({
  world,
  applicationId,
}: Pick<Awaited<ReturnType<typeof aRound>>, 'world' | 'applicationId'>) =>
  (await world.records.history('candidacy', applicationId)).map(({ fact }) => fact.type);

describe('what a person arranges', () => {
  it('is open until the secretary confirms it, once however often, and again when it is taken back', async () => {
    const scene = await aRound({ needs: ['large-print', 'companion'], other: 'A lamp' });
    const { arrange, open, applicationId, seenBy, aigul, world } = scene;
    expect(await open()).toEqual({ toArrange: [applicationId], lacking: [], stepsUntold: [] });

    granted(await arrange(true));
    granted(await arrange(true));

    expect(await open()).toEqual({ toArrange: [], lacking: [], stepsUntold: [] });
    expect((await seenBy(secretary)).needs).toMatchObject({
      needs: ['large-print', 'companion', 'other'],
      other: 'A lamp',
      arranging: { arrangedAt: world.clock.now() },
    });
    expect(granted(await viewInterview(world, aigul)).arranging?.arrangedAt).toBe(world.clock.now());
    expect((await types(scene)).filter((type) => type === 'interview-needs-arranged')).toHaveLength(1);

    granted(await arrange(false));
    granted(await arrange(false));
    expect((await open()).toArrange).toEqual([applicationId]);
    expect((await types(scene)).filter((type) => type === 'interview-needs-unarranged')).toHaveLength(1);
  });

  it('is open again once the applicant says something else, and what was seen before is refused', async () => {
    const { arrange, open, applicationId, say, basis, world } = await aRound({ needs: ['large-print'] });
    const before = await basis();
    granted(await arrange(true));

    await say({ needs: ['screen-reader'] });

    expect((await open()).toArrange).toEqual([applicationId]);
    expect(await arrange(true, { basis: before })).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    world.records.interfere(() => say({ needs: ['companion'] }));
    expect(await arrange(true)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect((await world.records.find(candidacyAggregate, applicationId))?.state.arranged?.basis).toBe(before);
  });

  it('stays confirmed while only days, hours and spaces change, and falls with what is needed', async () => {
    const scene = await aRound({ needs: ['large-print'], other: 'A lamp', language: 'kk' });
    const { arrange, open, applicationId, say, basis } = scene;
    const before = await basis();
    granted(await arrange(true));
    const asked = { needs: ['large-print'], other: 'A lamp', language: 'kk' } as const;

    await say({ ...asked, needs: ['large-print'], days: ['2022-10-24'], part: 'morning' });
    await say({ ...asked, needs: ['large-print'], other: ' A lamp ', days: [] });

    expect(await open()).toEqual({ toArrange: [], lacking: [], stepsUntold: [] });
    expect(await basis()).toBe(before);
    for (const other of [
      { ...asked, needs: ['large-print' as const], language: 'ru' as const },
      { ...asked, needs: ['large-print' as const], stepFree: true },
      { ...asked, needs: ['large-print' as const], other: 'Two lamps' },
    ]) {
      granted(await arrange(true));
      await say(other);
      expect((await open()).toArrange).toEqual([applicationId]);
    }
    // What is needed again has to be confirmed again: nothing was arranged meanwhile.
    await say({ ...asked, needs: ['large-print'] });
    expect((await open()).toArrange).toEqual([applicationId]);
    expect(await basis()).not.toBe(before);
  });

  it('stays confirmed while wishes of days come to needs that only the form says', async () => {
    const { arrange, open, applicationId, say } = await aRound({ needs: undefined });
    granted(await arrange(true));

    await say({ needs: undefined, days: ['2022-10-24'] });
    expect((await open()).toArrange).toEqual([]);
    await say({ needs: [], days: ['2022-10-24'] });
    await say({ needs: undefined });
    expect((await open()).toArrange).toEqual([applicationId]);
  });

  it('is nothing where all is kept by the time, and a booked time that lacks it is told', async () => {
    const { world, aigul, slot, say, arrange, open, applicationId, seenBy } = await aRound({
      stepFree: true,
    });
    expect(await open()).toEqual({ toArrange: [], lacking: [], stepsUntold: [] });
    expect(await arrange(true)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));

    await say({ needs: ['hearing-loop'] });

    expect(await open()).toEqual({ toArrange: [], lacking: [applicationId], stepsUntold: [] });
    expect((await seenBy(secretary)).needs?.lacking).toEqual(['hearing-loop']);
  });

  it('is the secretary’s alone, and not of one who has a conflict of interest', async () => {
    const { world, roundId, applicationId, arrange, basis } = await aRound({ needs: ['companion'] });
    const known = await basis();

    expect(await arrange(true, { by: chair, basis: known })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    await inConflictWith(world, roundId, applicationId, [secretary.id]);
    const own = { by: secretary, roundId, applicationId, basis: known, arranged: true };
    expect(await arrangeNeeds(world, own)).toMatchObject({ error: { kind: 'conflict-of-interest' } });
  });
});

describe('what was said before the list of needs was asked', () => {
  it('in words of the form stands beside wishes that say nothing of it, until other words take their place', async () => {
    const { world, aigul, say, seenBy, open, applicationId } = await aRound({
      needs: undefined,
      language: 'kk',
    });
    const words = 'Баспалдақсыз кіру керек.';

    expect((await seenBy(secretary)).needs).toMatchObject({ needs: ['other'], other: words });
    expect(granted(await viewInterview(world, aigul)).asked).toMatchObject({ language: 'kk', other: words });
    expect((await open()).toArrange).toEqual([applicationId]);

    await say({ needs: [] });
    expect((await seenBy(secretary)).needs).toMatchObject({ needs: [] });
    await say({ needs: undefined, other: 'A lamp' });
    expect((await seenBy(secretary)).needs).toMatchObject({ needs: ['other'], other: 'A lamp' });
  });
});

describe('an interview that has begun', () => {
  it('waits for nothing that is arranged, and is not told to be moved', async () => {
    const { world, aigul, slot, say, seenBy, open, applicationId } = await aRound({});
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
    await say({ needs: ['hearing-loop', 'companion'] });
    expect(await open()).toEqual({ toArrange: [applicationId], lacking: [applicationId], stepsUntold: [] });

    world.clock.to(slot.startsAt);

    expect(await open()).toEqual({ toArrange: [], lacking: [], stepsUntold: [] });
    expect((await seenBy(secretary)).needs).toMatchObject({
      lacking: [],
      needs: ['hearing-loop', 'companion'],
    });
    expect(granted(await viewInterview(world, aigul)).lacking).toEqual([]);
  });
});

describe('the history of an application', () => {
  it('tells the secretary alone that something was arranged', async () => {
    const { world, roundId, applicationId, arrange } = await aRound({ needs: ['companion'] });
    granted(await arrange(true));
    granted(await arrange(false));
    const told = async (by: Person) =>
      granted(await candidateTimeline(world, { by, roundId, applicationId }))
        .events.map(({ type }) => type)
        .filter((type) => type.startsWith('interview-'));

    const arranged = ['interview-needs-arranged', 'interview-needs-unarranged'];
    expect(await told(secretary)).toEqual(['interview-wished', ...arranged]);
    for (const by of [chair, nth(members, 0), auditor]) {
      expect([by.role, await told(by)]).toEqual([by.role, ['interview-wished']]);
    }
  });
});

describe('who holds the interview', () => {
  it('is told what they must know to hold it, which is noted, and nothing more', async () => {
    const needs = ['quiet-room' as const, 'companion' as const];
    const { world, aigul, slot, say, seenBy } = await aRound({});
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
    await say({ stepFree: true, needs, other: 'A lamp' });

    const seen = await seenBy(chair);

    expect([seen.told, seen.needs]).toEqual([['companion'], undefined]);
    expect(JSON.stringify(seen)).not.toMatch(/A lamp|quiet-room/);
    expect((await world.readLog.newest(1))[0]?.what).toBe('name-adjustments');
    // The fourth member sits on no panel that hears it.
    expect((await seenBy(nth(members, 3))).told).toEqual([]);
    expect((await world.readLog.newest(1))[0]?.what).toBe('name-only');
  });
});

describe('events of it', () => {
  it('say nothing of what is needed', async () => {
    const scene = await aRound({ needs: ['screen-reader'], other: 'A lamp' });
    granted(await scene.arrange(true));

    const history = JSON.stringify(await scene.world.records.history('candidacy', scene.applicationId));

    expect(history).toContain('interview-needs-arranged');
    expect(history).not.toMatch(/screen-reader|lamp/);
  });
});
