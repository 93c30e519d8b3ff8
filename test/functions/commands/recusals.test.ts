import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { callInSubstitute } from '#functions/commands/committee.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, takeProposalBack, vote } from '#functions/commands/gate-work.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  aScreeningIn,
  chair,
  dana,
  erlan,
  members,
  roundIn,
  seatIn,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

type Recusal = NonNullable<RoundFile['committee']['recusal']>;

const sourced = {
  source: 'The committee of the region',
  confidence: 'unverified',
  verifiedOn: '2026-11-27',
} as const;

const takingPart: Recusal = {
  leaves: 'application',
  quorum: { of: 'taking-part', atLeast: 3 },
  substitutes: 'when-short',
  ...sourced,
};

const fileWith = (recusal: Recusal): Uint8Array => {
  const file = aRoundFile();
  const committee = { ...file.committee, recusal };
  return new TextEncoder().encode(JSON.stringify({ ...file, committee }));
};

/** A list on the table of which the first application is closed to these. */
const aList = (...closedTo: readonly Person[]) => aListUnder(undefined, closedTo);

const aListUnder = async (
  recusal: Recusal | undefined,
  closedTo: readonly Person[],
  before: (world: World, roundId: RoundId) => Promise<unknown> = () => Promise.resolve(),
) => {
  const world = aWorld();
  const file = recusal && fileWith(recusal);
  const { roundId, applications } = await aScreeningIn(world, undefined, file);
  await before(world, roundId);
  const { id: applicationId, number } = nth(applications, 0);
  await inConflictWith(
    world,
    roundId,
    applicationId,
    closedTo.map(({ id }) => id),
  );
  const { proposal } = granted(await drawUpProposal(world, { by: secretary, roundId })).state;
  if (!proposal) throw new Error('Nothing lies on the table.');
  const votes = async (people: readonly Person[]) => {
    for (const by of people) granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
  };
  const gate = await gateOfRound(world.records, await roundIn(world, roundId));
  const advance = () => advanceRound(world, { by: chair, roundId, proposal });
  const other = nth(applications, 1).number;
  return { world, roundId, number, other, votes, advance, gateId: gate?.id ?? '' };
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

describe('a round file with a rule of recusal', () => {
  it('lets those decide who are left where it counts the quorum of them', async () => {
    const { world, votes, advance, gateId, number } = await aListUnder(takingPart, [dana, erlan]);
    await votes([chair, ...members]);
    granted(await advance());

    const history = await world.records.history('gate', gateId);
    expect(history.at(-1)?.fact).toMatchObject({
      recusals: [{ members: [dana.id, erlan.id], applications: [number], needed: 3 }],
    });
  });

  it('takes the vote of somebody in conflict out of the whole list where it says so', async () => {
    const list: Recusal = { ...takingPart, leaves: 'list' };
    const { world, votes, advance, gateId } = await aListUnder(list, [dana]);
    await votes([dana, chair, erlan]);
    expect(await advance()).toMatchObject({ error: { kind: 'no-quorum', cast: 2, needed: 3 } });
    await votes(members);
    granted(await advance());

    const history = await world.records.history('gate', gateId);
    expect(history.at(-1)?.fact).toMatchObject({ recusals: [{ members: [dana.id], wholeList: true }] });
  });

  it('sends them out of the room for everything that is discussed, and tells them nothing of it', async () => {
    const list: Recusal = { ...takingPart, leaves: 'list' };
    const { world: made, roundId, number, other } = await aListUnder(list, [dana]);
    const world = { ...made, people: memoryPeople() };
    const opening = { by: secretary, roundId, suggested: false, numbers: [other], absent: [] };
    granted(await openDiscussionOf(world, opening));
    const place = { kind: 'take-up', place: 1 } as const;
    granted(await moveDiscussionOf(world, { by: secretary, roundId, seen: 1, move: place }));
    const meetingFor = async (by: Person) => granted(await discussionView(world, { by, roundId })).meeting;

    expect(number).not.toBe(other);
    expect((await meetingFor(secretary))?.items).toMatchObject([{ number: other, outside: { count: 1 } }]);
    expect((await meetingFor(dana))?.items).toEqual([{ place: 1, state: 'up', walled: 'conflict' }]);
  });

  it('calls them out before anything lies on the table, and whoever replaces the chair leads', async () => {
    const list: Recusal = { ...takingPart, leaves: 'list' };
    const { world: made, roundId, number, other } = await aListUnder(list, [chair]);
    granted(await takeProposalBack(made, { by: secretary, roundId }));
    const world = { ...made, people: memoryPeople() };
    const opening = { roundId, suggested: false, numbers: [other], absent: [] };

    expect(number).not.toBe(other);
    expect(await openDiscussionOf(world, { ...opening, by: chair })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    granted(await openDiscussionOf(world, { ...opening, by: dana }));
    const view = granted(await discussionView(world, { by: secretary, roundId }));
    expect(view.meeting?.items).toMatchObject([{ outside: { count: 1 }, presides: expect.any(String) }]);
  });

  it('has a free substitute called in first where it says so, and the page says whom and how', async () => {
    const always: Recusal = { ...takingPart, substitutes: 'while-free' };
    const scene = await aListUnder(always, [dana], (world, roundId) =>
      seatIn(world, roundId, [[stranger, 'substitute']]),
    );
    const { world, roundId, votes, advance } = scene;
    await votes([chair, ...members]);
    expect(await advance()).toMatchObject({ error: { kind: 'recused-undecided', applications: 1 } });
    const site = aCommitteeSite(world);
    const page = async (by: Person) =>
      parse((await (await site.signIn(by)).get(`/en/committee/rounds/${roundId}`)).text).text;
    const told = await page(secretary);
    expect(told).toContain('Can be called in under “Substitutes”');
    expect(told).toContain('Take the proposal back, call the substitute in');
    expect(await page(erlan)).not.toContain('Can be called in');

    granted(await takeProposalBack(world, { by: secretary, roundId }));
    const called = { by: secretary, roundId, personId: stranger.id, standsInFor: dana.id };
    granted(await callInSubstitute(world, called));
    const { proposal } = granted(await drawUpProposal(world, { by: secretary, roundId })).state;
    if (!proposal) throw new Error('Nothing lies on the table.');
    for (const by of [chair, ...members.slice(1), stranger]) {
      granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
    }
    granted(await advanceRound(world, { by: chair, roundId, proposal }));
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
