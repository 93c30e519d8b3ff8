import { describe, expect, it } from 'vitest';
import { arrangeNeeds } from '#functions/commands/interview-needs.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import { planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import { viewOwedInterviews } from '#functions/commands/owed-interview-view.ts';
import { grantOwedInterview } from '#functions/commands/owed-interviews.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import type { InterviewWishes } from '#shared/domain/interview-wishes.ts';
import { chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { anOwedScene, askedFor, grantedIn, owedAt, planning } from '#test/builders/owed-interviews.ts';
import { granted } from '#test/builders/scenes.ts';

const member = nth(members, 0);

describe('what is needed at an interview that was owed', () => {
  it('is read by who plans it before it has a time, and what a person arranges is confirmed until it counts', async () => {
    const scene = await anOwedScene();
    const { world, on, third } = scene;
    const owed = true;
    granted(await askedFor(scene));
    expect(await viewOneInterview(world, { ...on(secretary), owed })).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
    granted(await grantOwedInterview(world, on(chair)));

    const { needs, booked } = granted(await viewOneInterview(world, { ...on(secretary), owed }));
    expect([booked, needs?.needs, needs?.other]).toEqual([
      undefined,
      ['step-free', 'other'],
      'Баспалдақсыз кіру керек.',
    ]);
    expect(await viewOneInterview(world, { ...on(member), owed })).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
    const basis = Sha256.parse(needs?.arranging.basis);
    const arrange = (arranged: boolean, by = secretary) =>
      arrangeNeeds(world, { ...on(by), owed, basis, arranged });

    expect(await arrangeNeeds(world, { ...on(secretary), basis, arranged: true })).toMatchObject({
      error: { kind: 'wrong-stage' },
    });
    expect(await arrange(true, member)).toMatchObject({ error: { kind: 'not-allowed' } });
    granted(await arrange(true));
    granted(await arrange(true));
    const { stepFree: _said, ...unsaid } = planning(scene);
    expect(await planOwedInterview(world, unsaid)).toMatchObject({
      error: { faults: [{ place: 'stepFree', message: 'interview.fault.steps' }] },
    });
    expect(await planOwedInterview(world, { ...unsaid, stepFree: false })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
    granted(await planOwedInterview(world, planning(scene)));

    const own = granted(await viewInterview(world, third));
    expect(own.arranging).toMatchObject({ needs: ['other'], arrangedAt: world.clock.now() });
    const seen = granted(await viewOneInterview(world, { ...on(secretary), owed }));
    expect(seen.needs?.arranging.arrangedAt).toBe(world.clock.now());
    granted(await arrange(false));
    const history = await world.records.history('candidacy', scene.applicationId);
    expect(history.filter(({ fact: { type } }) => type.startsWith('interview-needs-'))).toHaveLength(2);
  });

  it('can be said anew until it begins, and a time that no longer suits is shown to the secretary alone', async () => {
    const scene = await anOwedScene();
    const { world, on, roundId, third } = scene;
    const say = (wishes: Partial<InterviewWishes>) =>
      wishForInterview(world, { ...third, wishes: { stepFree: true, needs: [], days: [], ...wishes } });
    const openTo = async (by: Person) =>
      granted(await viewOwedInterviews(world, { by, roundId })).owed.map(({ open }) => open);
    expect(await say({ needs: ['companion'] })).toMatchObject({ error: { kind: 'not-in-stage' } });
    granted(await askedFor(scene));
    expect(await say({ needs: ['companion'] })).toMatchObject({ error: { kind: 'not-in-stage' } });
    granted(await grantOwedInterview(world, on(chair)));

    granted(await say({ needs: ['companion'] }));
    expect(granted(await viewInterview(world, third))).toMatchObject({ mayWish: true, invited: false });
    expect(await openTo(secretary)).toEqual([{ toArrange: true, lacking: false, stepsUntold: false }]);
    granted(await planOwedInterview(world, planning(scene)));
    granted(await say({ needs: ['quiet-room'] }));

    expect(await openTo(secretary)).toEqual([{ toArrange: false, lacking: true, stepsUntold: false }]);
    expect(await openTo(chair)).toEqual([undefined]);
    expect(granted(await viewInterview(world, third)).lacking).toEqual(['quiet-room']);
    world.clock.to(owedAt);
    expect(await say({ needs: [] })).toMatchObject({ error: { kind: 'too-late' } });
    expect(granted(await viewInterview(world, third))).toMatchObject({ mayWish: false, lacking: [] });
    expect(await openTo(secretary)).toEqual([undefined]);
  });

  it('is what was read when its time is set', async () => {
    const scene = await anOwedScene();
    const { world, third } = scene;
    await grantedIn(scene);
    world.records.interfere(async () =>
      granted(
        await wishForInterview(world, {
          ...third,
          wishes: { stepFree: true, needs: ['hearing-loop'], days: [] },
        }),
      ),
    );

    expect(await planOwedInterview(world, planning(scene))).toMatchObject({ error: { kind: 'slot-unfit' } });
  });
});
