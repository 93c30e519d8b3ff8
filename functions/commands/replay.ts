import { chronicleOf } from '#functions/commands/chronicle.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Recomputed, recomputeProposals, roundThen } from '#functions/commands/round-then.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { pastOf } from '#shared/replay/past.ts';
import { closedIn, type SeenThen, seenThen } from '#shared/replay/seen.ts';
import { type Moved, movedBetween } from '#shared/replay/since.ts';
import type { RoundThen } from '#shared/replay/then.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A round as it stood at a moment, from its events alone. */
export type Replay = {
  stood: RoundThen;
  /** Every proposal until then, drawn up anew from what had happened before it. */
  recomputed: readonly Recomputed[];
};

/** Undefined before the round was drafted. The same chronicle and moment give the same value, anywhere. */
export const replay = async (chronicle: Chronicle, until: Instant): Promise<Replay | undefined> => {
  const stood = await roundThen(pastOf(chronicle, until), chronicle.roundId, until);
  return stood && { stood, recomputed: await recomputeProposals(chronicle, until) };
};

/** The same with what has changed since, for who may look back at a round. */
export type LookBack = Omit<Replay, 'stood'> & {
  stood: SeenThen;
  place: Workplace;
  moved: readonly Moved[];
  /** When something happened to the round or at its gates, oldest first: moments worth looking at. */
  moments: readonly { at: Instant; type: string }[];
};

/** A moment as somebody named it, given the zone of the round; undefined when it is none. */
export type NamedMoment = (zone: string) => Instant | undefined;

/**
 * What the round was at a moment, now where none is named. Offers are in it for those alone who may read them, and what a conflict of
 * interest closes to the reader by now is in no moment. What is no moment, or one that lies ahead or before the round, is `invalid`.
 */
export const lookBack = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  { until: named, ...command }: CommitteeCommand & { until?: NamedMoment | undefined },
): Promise<Result<LookBack, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'round.replay');
  if (!found.ok) return found;
  const place = found.value;
  const now = clock.now();
  const until = named ? named(place.file.timeZone) : now;
  const chronicle = until && until <= now ? await chronicleOf(records, command.roundId) : undefined;
  const past = until && chronicle && (await replay(chronicle, until));
  const present =
    until === now
      ? past?.stood
      : chronicle && (await roundThen(pastOf(chronicle, now), command.roundId, now));
  if (!past || !present) {
    return refuse({ kind: 'invalid', faults: [{ place: 'until', message: 'replay.fault.until' }] });
  }
  const shown = offersShown(place);
  const wall = wallIn(place);
  const closed = closedIn([past.stood, present], wall);
  const moved = movedBetween(shown(past.stood), shown(present)).filter(({ number }) => !closed.has(number));
  const stood = seenThen(shown(past.stood), { wall, closed });
  return ok({ ...past, stood, place, moved, moments: momentsOf(chronicle) });
};

/** Without the offers, for a reader who may not read them. */
const offersShown = ({ by, round }: Workplace): ((then: RoundThen) => RoundThen) => {
  const mayReadOffers = permit('offer.read', by.role, round.state.stage).ok;
  return (stood) => (mayReadOffers ? stood : { ...stood, offers: [] });
};

/** What happened to the round itself, and what was laid on the table or taken from it; not each vote. */
const momentsOf = ({ events }: Chronicle): LookBack['moments'] =>
  events
    .filter(
      ({ aggregate, fact }) =>
        aggregate === 'round' || (aggregate === 'gate' && fact.type.startsWith('proposal-')),
    )
    .map(({ fact: { at, type } }) => ({ at, type }))
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
