import { placesOf } from '#functions/commands/interview-reading.ts';
import { type PlanCommand, planSlots } from '#functions/commands/interview-slots.ts';
import { changed } from '#functions/commands/storing.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { engagedRoundsAggregate } from '#shared/domain/engaged-rounds.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { Panels, panelsAggregate } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { partsOf } from '#shared/domain/slot.ts';
import type { Change, Records } from '#shared/ports/records.ts';
import { standingIn } from '#test/builders/double-booked.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { memoryRecords } from '#test/builders/memory-records.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

export const ten = at('2022-10-24T04:00');

/** Chair and two members of the committee, and who could hold interviews beside them; some sit on the second committee alone. */
export const half = [chair.id, nth(members, 0).id, nth(members, 1).id];
export const others = [nth(members, 2).id, nth(members, 3).id, PersonId.parse('M5'.padEnd(20, '0'))];
export const strangers = ['N1', 'N2', 'N3', 'N4'].map((id) => PersonId.parse(id.padEnd(20, '0')));

const sitting = (world: World, roundId: RoundId, personId: PersonId) => ({
  type: 'seat-given' as const,
  at: world.clock.now(),
  roundId,
  personId,
  seat: 'member' as const,
});

const seatsChange = async (world: World, roundId: RoundId, apart: boolean): Promise<void> => {
  const found = await world.records.find(committeeAggregate, roundId);
  const left = apart ? [chair.id, ...members.map(({ id }) => id)] : [];
  const given = apart ? strangers : others.slice(2);
  const { change } = changed(committeeAggregate, roundId, found, [
    ...left.map((personId) => ({ type: 'seat-left' as const, at: world.clock.now(), personId })),
    ...given.map((personId) => sitting(world, roundId, personId)),
  ]);
  granted(await world.records.commit({ by: secretary, changes: [change] }));
};

/**
 * Two rounds of a region at their interviews, of one secretary. Six vote in both, or quite others in the second one, `apart`.
 */
export const twoRounds = async ({
  apart = false,
  files = [],
  people = [applicants(1), applicants(1)],
}: {
  apart?: boolean;
  files?: readonly Partial<RoundFile>[];
  people?: readonly ReturnType<typeof applicants>[];
} = {}) => {
  const world = aWorld();
  const began = world.clock.now();
  const rounds: Awaited<ReturnType<typeof anInterviewRoundIn>>[] = [];
  for (const index of [0, 1]) {
    world.clock.to(began);
    const file = aRoundFile({ ...files[index], intake: `2022-${index + 3}` });
    const round = await anInterviewRoundIn(world, { people: nth(people, index), file });
    await seatsChange(world, round.roundId, apart && index === 1);
    rounds.push(round);
  }
  return inWorld(world, nth(rounds, 0), nth(rounds, 1));
};

type Round = Awaited<ReturnType<typeof anInterviewRoundIn>>;

const inWorld = (world: World, one: Round, other: Round) => {
  const planIn =
    (roundId: RoundId) =>
    (over: Partial<PlanCommand> = {}) =>
      planSlots(world, { by: secretary, roundId, from: ten, count: 2, place: 'Кабинет 12', ...over });
  return { world, one, other, planOne: planIn(one.roundId), planOther: planIn(other.roundId) };
};

type TwoRounds = ReturnType<typeof inWorld>;

/** The same two rounds once more, of the same commits: a scene takes a second to make. */
export const onceMore = async ({ world, one, other }: TwoRounds): Promise<TwoRounds> => {
  const again = { ...world, records: memoryRecords() };
  for (const commit of world.records.commits) granted(await again.records.commit(commit));
  return inWorld(again, one, other);
};

/** An event of a round, past every decision. */
export const roundHas = async (world: World, roundId: RoundId, event: RoundEvent): Promise<void> => {
  const found = await world.records.find(roundAggregate, roundId);
  const { change } = changed(roundAggregate, roundId, found, [event]);
  granted(await world.records.commit({ by: secretary, changes: [change] }));
};

/** The same world as it was stored before 28 November 2026: no record of the region, and no place of the whole committee in seating books. */
export const asBefore = async (world: World): Promise<World> => {
  const old = { ...world, records: memoryRecords() };
  for (const commit of world.records.commits) {
    const changes = commit.changes
      .filter(({ aggregate }) => aggregate !== engagedRoundsAggregate.name)
      .map((change) => (change.aggregate === panelsAggregate.name ? withoutHalls(change) : change));
    granted(await old.records.commit({ ...commit, changes }));
  }
  return old;
};

const withoutHalls = (change: Change): Change => {
  const { halls: _, ...snapshot } = Panels.parse(change.snapshot);
  const facts = change.facts.map((fact) => {
    const { place: _place, ...rest } = { place: undefined, ...fact };
    return fact.type.startsWith('committee-') ? rest : fact;
  });
  return { ...change, facts, snapshot };
};

type Reads = Pick<Records, 'find' | 'list' | 'document'>;

/** Whoever and whatever stored slots of two rounds take at one time: people by id, and rooms as they were typed. */
export const takenByBoth = async (records: Reads, one: RoundId, other: RoundId): Promise<string[]> => {
  const [mine, theirs] = [await takenIn(records, one), await takenIn(records, other)];
  return mine.flatMap((a) =>
    theirs.flatMap((b) => {
      if (a.startsAt >= b.endsAt || b.startsAt >= a.endsAt) return [];
      return a.takes.filter((what) => b.takes.includes(what)).map((what) => `${what}: ${a.startsAt}`);
    }),
  );
};

const takenIn = async (records: Reads, roundId: RoundId) => {
  const parts = (await standingIn(records, roundId)).flatMap(partsOf);
  const panels = (await records.find(panelsAggregate, roundId))?.state;
  const seats = (await records.find(committeeAggregate, roundId))?.state.seats ?? [];
  const voting = seats.filter(({ seat, leftAt }) => !leftAt && seat !== 'secretary');
  const places = await placesOf(records, parts);
  return parts.map(({ panel, place, startsAt, endsAt }) => {
    const room = places.get(place.digest)?.trim().toLowerCase().replaceAll('  ', ' ') ?? '';
    const people = panelIn(panels, panel)?.members ?? voting.map(({ personId }) => personId);
    return { startsAt, endsAt, takes: [...people, room] };
  });
};
