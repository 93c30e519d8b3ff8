import type { CommandDeps } from '#functions/commands/deps.ts';
import { meetingRoom } from '#functions/commands/meeting-room.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { leftOf, pollsOf } from '#functions/commands/polls.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { ballotsAwaited, votesAwaited } from '#shared/domain/votes-awaited.ts';

type Reads = Pick<CommandDeps, 'records'>;
type AtGate = Pick<OpenWorkplace, 'round' | 'committee' | 'gate' | 'file'>;

/** Whose votes are awaited at a gate; undefined while nothing lies on the table. */
export const votesAwaitedAt = async (
  { records }: Reads,
  { gate: { state: gate }, committee, file }: AtGate,
): Promise<PersonId[] | undefined> => {
  if (gate.status !== 'open' || !gate.proposal) return undefined;
  const { standings } = await standingListOf(records, gate.proposal);
  return votesAwaited({ committee: committee.state, gate, rule: file.committee }, standings);
};

/** Whose ballots are awaited there; undefined while nothing is ranked. */
export const ballotsAwaitedAt = async (deps: Reads, place: AtGate): Promise<PersonId[] | undefined> => {
  const { state: gate } = place.gate;
  if (gate.status !== 'open') return undefined;
  const poll = (await pollsOf(deps, place.round.state.id))?.state.polls.at(-1);
  if (poll?.status !== 'open' || poll.gate !== gate.id) return undefined;
  return ballotsAwaited(poll, await meetingRoom(deps, place), await leftOf(deps, poll));
};
