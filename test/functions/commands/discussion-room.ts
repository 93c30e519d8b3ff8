import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { CommitteeEvent, committeeAggregate } from '#shared/domain/committee.ts';
import { type Discussion, discussionsAggregate } from '#shared/domain/discussion.ts';
import { noteOf } from '#shared/domain/discussion-attendance.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import { awayDuring, sittingOf } from '#shared/domain/discussion-stays.ts';
import { fold } from '#shared/domain/event.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { callsIn, tenuresIn } from '#shared/domain/tenure.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, dana, erlan, roundIn, secretary } from '#test/builders/selection.ts';

/** A discussion of three applications, opened without Dana and Erlan; Dana is in conflict with the first. */
export const withoutTwo = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScreeningIn(world, [{}, {}, {}]);
  await inConflictWith(world, roundId, nth(applications, 0).id, [dana.id]);
  const absent = [dana.id, erlan.id];
  const numbers = applications.map(({ number }) => number);
  granted(await openDiscussionOf(world, { by: secretary, roundId, suggested: false, numbers, absent }));
  const gate = await gateOfRound(world.records, await roundIn(world, roundId));
  const found = async () => {
    const record = await world.records.find(discussionsAggregate, gate?.id ?? '');
    return { seen: record?.version ?? 0, meeting: record?.state.meetings.at(-1) };
  };
  const move = async (step: Move, by: Person = secretary, seen?: number) =>
    await moveDiscussionOf(world, { by, roundId, seen: seen ?? (await found()).seen, move: step });
  return {
    world,
    roundId,
    applications,
    found,
    move,
    arrive: (person: Person, by?: Person, seen?: number) =>
      move({ kind: 'arrive', personId: person.id }, by, seen),
    leave: (person: Person, by?: Person, seen?: number) =>
      move({ kind: 'leave', personId: person.id }, by, seen),
    /** What was noted last of somebody, taken back. */
    undoing: async ({ id: personId }: Person): Promise<Move> => {
      const { meeting } = await found();
      const note = meeting && noteOf(meeting, personId);
      if (!note) throw new Error('Nothing is noted of them.');
      return { kind: 'undo', personId, noted: note.at };
    },
    /** Who was out of the room for an application. */
    away: async (meeting: Discussion | undefined, id: ApplicationId) => {
      const history = await world.records.history('committee', roundId);
      const { seats = [] } = fold(committeeAggregate, history) ?? {};
      const calls = callsIn(history.map(({ fact }) => CommitteeEvent.parse(fact)));
      return meeting && awayDuring(sittingOf(meeting, tenuresIn({ seats, calls, absences: [] })), id);
    },
    view: async (by: Person) => granted(await discussionView(world, { by, roundId })).meeting,
  };
};
