import type { CommandDeps } from '#functions/commands/deps.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { CommitteeEvent, committeeAggregate } from '#shared/domain/committee.ts';
import { type DiscussionRoom, type MeetingRoom, roomOf } from '#shared/domain/discussion-room.ts';
import { type Gate, GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Room } from '#shared/domain/presiding.ts';
import { goneFromList } from '#shared/domain/recusal.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { absencesIn, callsIn, type Instead, type SeatFacts, tenuresIn } from '#shared/domain/tenure.ts';

type Reads = Pick<CommandDeps, 'records'>;

/** Who sits there at this gate, and who chairs. */
export const roomAt = ({ committee, gate }: Pick<OpenWorkplace, 'committee' | 'gate'>): Room => ({
  committee: committee.state,
  gate: gate.state,
});

/**
 * The same, with whom the round file sends out for the whole list: the one on the table, or what it will be made of. Nobody's record
 * is read but of those with which somebody has a conflict of interest.
 * @param before who had a vote before, of whom it is asked as well
 */
export const meetingRoom = async (
  { records }: Reads,
  place: Pick<OpenWorkplace, 'committee' | 'gate' | 'file'>,
  before: readonly PersonId[] = [],
): Promise<MeetingRoom> => {
  const room = roomAt(place);
  const { committee } = room;
  const rule = place.file.committee;
  if (rule.recusal?.leaves !== 'list') return { ...room, gone: [] };
  const { proposal } = place.gate.state;
  if (proposal) {
    const { standings } = await standingListOf(records, proposal);
    return { ...room, gone: goneFromList({ committee, rule }, standings, before) };
  }
  const named = committee.conflicts.map(({ applicationId }) => ({ applicationId }));
  const listed = [...(await candidaciesOn(records, named)).values()];
  return { ...room, gone: goneFromList({ committee, rule }, listed, before) };
};

/** The same, with who could sit there when. */
export const discussionRoom = async (
  deps: Reads,
  place: Pick<OpenWorkplace, 'committee' | 'gate' | 'file'>,
): Promise<DiscussionRoom> => {
  const facts = await seatFactsAt(deps, place);
  const tenures = tenuresIn(facts);
  const now = roomOf(roomAt(place));
  const before = tenures.flatMap(({ personId, votes }) =>
    votes && !now.includes(personId) ? [personId] : [],
  );
  return { ...(await meetingRoom(deps, place, before)), facts, tenures };
};

/** No history is read of a committee that never had a substitute, nor of a gate whose chair nobody may replace while they are away. */
const seatFactsAt = async (
  { records }: Reads,
  { committee, gate, file }: Pick<OpenWorkplace, 'committee' | 'gate' | 'file'>,
): Promise<SeatFacts> => {
  const { seats } = committee.state;
  const hasSubstitutes = seats.some(({ seat }) => seat === 'substitute');
  const [history, absences] = await Promise.all([
    hasSubstitutes ? records.history(committeeAggregate.name, committee.id) : [],
    absencesAt({ records }, { gate: gate.state, file }),
  ]);
  const events = history.filter(({ version }) => version <= committee.version);
  return { seats, calls: callsIn(events.map(({ fact }) => CommitteeEvent.parse(fact))), absences };
};

/** When the chair was away from a gate. */
export const absencesAt = async (
  { records }: Reads,
  { gate, file }: { gate: Gate; file: RoundFile },
): Promise<Instead[]> => {
  if (!file.committee.absentChair) return [];
  const history = await records.history(gateAggregate.name, gate.id);
  return absencesIn(history.map(({ fact }) => GateEvent.parse(fact)));
};
