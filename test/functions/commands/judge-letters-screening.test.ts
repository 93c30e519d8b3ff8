import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, dana, erlan, secretary } from '#test/builders/selection.ts';
import { countsOf, lettersOf, tellDue } from '#test/builders/told-members.ts';

const waits = 'committee-screening-waits';
const historian = { subjects: ['history'] };

describe('whoever screens', () => {
  it('has one letter about what the program leaves to a person, without what a conflict closes', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}, historian, historian]);
    const [, second, third] = applications;
    if (!second || !third) throw new Error('Three applied.');
    for (const { id: applicationId } of [second, third]) {
      granted(await declareOwnConflict(world, { by: erlan, roundId, applicationId }));
    }
    granted(await declareOwnConflict(world, { by: dana, roundId, applicationId: third.id }));
    await tellDue(world);

    const counts = new Map(countsOf(world, waits));
    expect(counts.get(chair.id)).toBe(2);
    expect(counts.get(dana.id)).toBe(1);
    expect([...counts.keys()]).not.toContain(erlan.id);
    expect([...counts.keys()]).not.toContain(secretary.id);
  });

  it('has it also where no list shows yet what was opened for screening', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world, [historian, historian]);
    const { list } = world.records;
    world.records.list = async (aggregate, ...asked) =>
      aggregate.name === candidacyAggregate.name ? { items: [] } : await list(aggregate, ...asked);
    expect(await candidaciesIn(world.records, roundId)).toEqual([]);
    await tellDue(world);

    expect(countsOf(world, waits).map(([, count]) => count)).toEqual([2, 2, 2, 2, 2]);
  });

  it('has none where nothing is left to a person, or it was judged before the letter was written', async () => {
    const clear = aWorld();
    await aScreeningIn(clear, [{}, {}]);
    await tellDue(clear);
    const judged = aWorld();
    const { roundId, applications } = await aScreeningIn(judged, [historian]);
    const one = { by: dana, roundId, applicationId: nth(applications, 0).id, verdict: 'refused' } as const;
    granted(await judgeApplication(judged, { ...one, reason: 'Teaches what nobody looks for.' }));
    await tellDue(judged);

    expect(lettersOf(clear, waits)).toEqual([]);
    expect(lettersOf(judged, waits)).toEqual([]);
  });
});
