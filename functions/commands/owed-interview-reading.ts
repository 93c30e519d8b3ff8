import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import { ownClaim } from '#functions/commands/claim-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { affectedListOf } from '#functions/commands/pinned.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { atWork, type OpenWorkplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import {
  type FoundBy,
  type OwedInterview,
  owedInterviewAggregate,
  owedInterviewsOf,
} from '#shared/domain/owed-interview.ts';
import { isOutstanding } from '#shared/domain/owed-interview-decisions.ts';
import type { Action } from '#shared/domain/permission.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { OwedLeft, Refusal } from '#shared/errors.ts';
import type { RecordReads, Records } from '#shared/ports/records.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** Where somebody decides about the interview that one application was owed; `owed` is undefined before anybody asked for it. */
export type OwedPlace = {
  place: OpenWorkplace;
  candidacy: Versioned<Candidacy>;
  owed: Versioned<OwedInterview> | undefined;
};

export const owedPlace = async (
  deps: Reads,
  command: CandidacyCommand,
  action: Action,
): Promise<Result<OwedPlace, Refusal>> => {
  const found = await candidacyPlace(deps, command, action);
  if (!found.ok) return found;
  const place = atWork(found.value.place);
  if (!place.ok) return place;
  const owed = await deps.records.find(owedInterviewAggregate, command.applicationId);
  return ok({ place: place.value, candidacy: found.value.candidacy, owed });
};

/** One that is granted and has not begun, with a time or without; its applicant may still say what they need at it. */
export const owedToCome = async (
  { records, clock }: Reads,
  { applicationId, withdrawnAt }: Candidacy,
  zone: string,
): Promise<Result<Versioned<OwedInterview>, Refusal>> => {
  const owed = await records.find(owedInterviewAggregate, applicationId);
  const { status, slotId } = owed?.state ?? {};
  const isToCome = (status === 'granted' || status === 'planned') && !withdrawnAt;
  if (!owed || !isToCome) return refuse({ kind: 'not-in-stage' });
  const slot = slotId && (await records.find(slotAggregate, slotId))?.state;
  return slot && clock.now() >= slot.startsAt
    ? refuse({ kind: 'too-late', closesAt: slot.startsAt, zone })
    : ok(owed);
};

/** Every interview that was owed in a round, each as it stands now: the list alone may lag behind. */
export const owedInterviewsIn = async (
  records: Pick<RecordReads, 'list' | 'find'>,
  roundId: RoundId,
): Promise<Versioned<OwedInterview>[]> => {
  const listed = await everyOf(records, owedInterviewAggregate, owedInterviewsOf(roundId));
  const found = await Promise.all(listed.map(({ id }) => records.find(owedInterviewAggregate, id)));
  return found.flatMap((one) => one ?? []);
};

/** Those over which nothing is decided, since they are not refused, missed or counted; undefined where there is none. */
export const owedLeft = async (
  { records }: { records: Pick<RecordReads, 'list' | 'find'> },
  place: Omit<OpenWorkplace, 'gate' | 'passport'>,
): Promise<OwedLeft | undefined> => {
  const all = (await owedInterviewsIn(records, place.round.state.id)).map(({ state }) => state);
  const outstanding = all.filter(isOutstanding);
  const known = await candidaciesOn(records, outstanding);
  const left = outstanding.filter(({ applicationId }) => !known.get(applicationId)?.withdrawnAt);
  const wall = wallIn(place);
  const named = left.filter(({ applicationId }) => !wall(applicationId));
  return left.length === 0
    ? undefined
    : { count: left.length, numbers: named.map(({ number }) => number).toSorted() };
};

/** What found that an application was owed an interview: its claim that was upheld, else the newest correction that stands and says so. */
export const foundFor = async (
  records: Pick<Records, 'claimed' | 'find' | 'blob'>,
  { roundId, applicationId }: Pick<Candidacy, 'roundId' | 'applicationId'>,
): Promise<FoundBy | undefined> => {
  const claim = (await ownClaim(records, applicationId))?.state;
  if (claim?.status === 'upheld') return { claim: claim.id };
  const corrections = (await records.find(correctionsAggregate, roundId))?.state.corrections ?? [];
  for (const { number, status, applied } of corrections.toReversed()) {
    if (status !== 'applied' || !applied) continue;
    const { affected } = await affectedListOf(records, applied.affected);
    const own = affected.find((one) => one.applicationId === applicationId);
    if (own?.remedy === 'interview-owed') return { correction: number };
  }
  return undefined;
};
