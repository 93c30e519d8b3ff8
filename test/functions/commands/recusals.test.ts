import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScreeningIn,
  chair,
  committeeChangedIn,
  dana,
  erlan,
  members,
  roundIn,
  secretary,
} from '#test/builders/selection.ts';

/** A list on the table of which the first application is closed to these. */
const aList = async (...closedTo: readonly Person[]) => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world);
  const { id: applicationId, number } = nth(applications, 0);
  await committeeChangedIn(
    world,
    roundId,
    closedTo.map(({ id: memberId }) => ({
      type: 'conflict-declared',
      at: world.clock.now(),
      memberId,
      applicationId,
    })),
  );
  const { proposal } = granted(await drawUpProposal(world, { by: secretary, roundId })).state;
  if (!proposal) throw new Error('Nothing lies on the table.');
  const votes = async (people: readonly Person[]) => {
    for (const by of people) granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
  };
  const gate = await gateOfRound(world.records, await roundIn(world, roundId));
  const advance = () => advanceRound(world, { by: chair, roundId, proposal });
  return { world, roundId, number, votes, advance, gateId: gate?.id ?? '' };
};

describe('a decision on a list of which an application is closed to the chair', () => {
  it('says who took no part in it and who decided instead, also in the event', async () => {
    const { world, votes, advance, gateId, number } = await aList(chair);
    await votes([chair, ...members]);
    granted(await advance());

    const history = await world.records.history('gate', gateId);
    expect(history.at(-1)?.fact).toMatchObject({
      type: 'gate-decided',
      recusals: [{ members: [chair.id], applications: [number], presided: dana.id }],
    });
  });

  it('says nothing where every vote counts for all', async () => {
    const { world, votes, advance, gateId } = await aList();
    await votes([chair, ...members]);
    granted(await advance());

    const fact = (await world.records.history('gate', gateId)).at(-1)?.fact;
    expect(fact).toMatchObject({ type: 'gate-decided' });
    expect(fact).not.toHaveProperty('recusals');
  });
});

describe('a list of which an application has too few votes', () => {
  it('is not decided, although the list as a whole has enough, until the others vote', async () => {
    const { votes, advance } = await aList(dana);
    await votes([chair, ...members.slice(0, 3)]);
    expect(await advance()).toEqual({ ok: false, error: { kind: 'recused-undecided', applications: 1 } });
    await votes(members.slice(3));
    granted(await advance());
  });

  it('is never decided by those who are left where they are too few', async () => {
    const { votes, advance } = await aList(dana, erlan);
    await votes([chair, ...members]);
    expect(await advance()).toMatchObject({ error: { kind: 'recused-undecided' } });
  });
});

describe('the page of the gate', () => {
  it('tells the secretary who takes no part, and a member only that somebody does not', async () => {
    const { world, roundId, number, votes } = await aList(dana);
    await votes([chair, ...members]);
    const site = aCommitteeSite(world);
    const page = async (by: Person) =>
      parse((await (await site.signIn(by)).get(`/en/committee/rounds/${roundId}`)).text).text;
    const [told, other, own] = [await page(secretary), await page(erlan), await page(dana)];

    expect(told).toContain('Applications without some votes');
    expect(other).toContain('1 voter');
    expect(other).toContain(number);
    expect(own).toContain('Your vote does not count for 1 application');
    expect(own).not.toContain(number);
  });
});
