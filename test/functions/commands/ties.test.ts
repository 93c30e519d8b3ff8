import { describe, expect, it } from 'vitest';
import { candidatePlace, readAnswers } from '#functions/commands/candidate-views.ts';
import { conflictPlace, conflictsView } from '#functions/commands/conflict-views.ts';
import { lookThroughTies, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScreeningIn,
  chair,
  committeeChangedIn,
  dana,
  erlan,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

const told = 'Ерлан Серіков – нағашым, Дана Ахметова – бұрынғы әріптесім';

const withText = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScreeningIn(world, [{ committeeTies: told }, {}]);
  const { id: first, number } = nth(applications, 0);
  const command = { by: secretary, roundId, applicationId: first };
  const named = async () => granted(await conflictsView(world, command)).named.map(({ number: one }) => one);
  return { world, roundId, applications, first, number, command, named };
};

describe('what an applicant wrote of people on the committee', () => {
  it('is read by the secretary alone, and the reading is logged', async () => {
    const { world, roundId, first } = await withText();
    const command = { roundId, applicationId: first };
    const view = granted(await conflictsView(world, { by: secretary, roundId }));

    expect(view.named.map(({ applicationId }) => applicationId)).toEqual([first]);
    expect(await conflictPlace(world, { ...command, by: chair })).toMatchObject({ ok: false });
    expect(await world.readLog.of(`application#${first}`)).toEqual([]);
    expect(granted(await conflictPlace(world, { ...command, by: secretary })).said).toBe(told);
    expect(await world.readLog.of(`application#${first}`)).toMatchObject([{ what: 'committee-ties' }]);
  });

  it('stands in nothing that the committee reads', async () => {
    const { world, roundId, first } = await withText();
    const command = { roundId, applicationId: first, by: chair };

    expect(JSON.stringify(await candidatePlace(world, command))).not.toMatch(/Серіков|tiesTold/);
    const answers = await readAnswers(world, { ...command, by: secretary });
    expect(JSON.stringify(answers)).not.toContain('Серіков');
  });

  it('holds the proposal of screening up, to the secretary by number, whoever else was ruled on', async () => {
    const { world, number, command, named } = await withText();
    const { roundId, applicationId } = command;
    const pinned = { ...command, ruling: 'pinned', reason: 'Үміткер айтты' } as const;

    const refused = await drawUpProposal(world, command);
    expect(refused).toEqual({ ok: false, error: { kind: 'ties-open', remaining: 1, numbers: [number] } });
    expect(await drawUpProposal(world, { by: chair, roundId })).toEqual({
      ok: false,
      error: { kind: 'ties-open', remaining: 1 },
    });
    for (const { id: memberId } of [erlan, dana]) {
      granted(await ruleOnConflictOf(world, { ...pinned, memberId }));
      expect(await named()).toEqual([number]);
      expect(await drawUpProposal(world, command)).toEqual(refused);
    }
    granted(await lookThroughTies(world, command));

    expect(await named()).toEqual([]);
    granted(await drawUpProposal(world, command));
    for (const by of [erlan, dana]) {
      const place = await candidatePlace(world, { by, roundId, applicationId });
      expect(place).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    }
  });

  it('is looked through once, by the secretary, where something was written', async () => {
    const { world, roundId, applications, first, command } = await withText();
    const silent = { ...command, applicationId: nth(applications, 1).id };

    expect(await lookThroughTies(world, { ...command, by: chair })).toMatchObject({ ok: false });
    granted(await lookThroughTies(world, command));
    granted(await lookThroughTies(world, command));
    expect(await lookThroughTies(world, silent)).toMatchObject({ error: { kind: 'not-found' } });
    const events = (await world.records.history('committee', roundId)).map(({ fact }) => fact);
    expect(events.filter(({ type }) => type === 'ties-looked-through')).toMatchObject([
      { applicationId: first, by: secretary.id },
    ]);
  });

  it('is to be looked through again once somebody joins the committee', async () => {
    const { world, roundId, number, command, named } = await withText();
    granted(await lookThroughTies(world, command));
    world.clock.pass(1);
    const at = world.clock.now();
    const seat = { type: 'seat-given', at, roundId, personId: stranger.id, seat: 'member' } as const;
    await committeeChangedIn(world, roundId, [seat]);

    expect(await named()).toEqual([number]);
    expect(granted(await conflictPlace(world, command)).ties).toMatchObject({ isOpen: true });
    granted(await lookThroughTies(world, command));
    expect(await named()).toEqual([]);
  });
});
