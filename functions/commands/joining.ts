import type { CommandDeps } from '#functions/commands/deps.ts';
import { engagedElsewhere, regionBook, turnTaken } from '#functions/commands/engagements.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Committee } from '#shared/domain/committee.ts';
import { coming, engagedBy, engagementsOf, joinersOf, stretchOf } from '#shared/domain/engagement.ts';
import type { Panels } from '#shared/domain/panel.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** The seating book of a round and the seats of its committee. */
type Seated = { book: Panels; committee: Committee | undefined };

type Joining = {
  round: Pick<Workplace['round'], 'state'>;
  file: Pick<Workplace['file'], 'timeZone' | 'interviews'>;
  before: Seated;
  after: Seated;
  /** The field that a fault names. */
  place: string;
};

/**
 * That whoever comes to times that are planned already, since they join the panel or the committee, is engaged in no other round then; and the
 * turn of the round, so that nobody plans them there at the same moment. Nothing where nobody joins, or no time is to come.
 */
export const freeToJoin = async (
  deps: Reads,
  { round, file, before, after, place }: Joining,
): Promise<Result<Change[], Refusal>> => {
  const now = deps.clock.now();
  const { travel } = file.interviews;
  const told = ({ book, committee }: Seated) =>
    engagementsOf(coming(book, now), { committee, rooms: new Map(), travel });
  const joiners = joinersOf(told(before), told(after));
  const stretch = stretchOf(joiners.flatMap(({ sittings }) => sittings));
  if (!stretch) return ok([]);
  const region = await regionBook(deps, round.state.region);
  const others = await engagedElsewhere(deps, { roundId: round.state.id, stretch }, region.rounds);
  for (const joiner of joiners) {
    const taken = engagedBy(joiner, others, travel);
    if (!taken) continue;
    const facts = { person: taken.person ?? '', ...taken.when, zone: file.timeZone };
    return refuse({ kind: 'invalid', faults: [{ place, message: 'panel.engaged.joins', facts }] });
  }
  return ok(turnTaken(region, after.book, now));
};
