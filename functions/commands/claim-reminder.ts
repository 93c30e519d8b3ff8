import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { writeRows } from '#functions/commands/letters.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { claimAggregate, onceEach, type ResultClaim } from '#shared/domain/claim.ts';
import { clockStart, decideClaimBy, isOfThisTime, remindOfClaimAt } from '#shared/domain/claim-rule.ts';
import { committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { chairOn, type Room } from '#shared/domain/presiding.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { type Staff, staffAggregate, staffId } from '#shared/domain/staff.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Reminder = Extract<OutboxMessage['body'], { kind: 'remind-claim' }>;

/** Looks at a claim a while before the committee's time is over, and in the moment that it is; nowhere where the round file says no time. */
export const claimReminders = (
  file: RoundFile,
  claim: Pick<ResultClaim, 'id' | 'filedAt' | 'earlier'>,
): OutboxMessage[] => {
  const since = clockStart(claim);
  const moments = { due: remindOfClaimAt(file, claim), overdue: decideClaimBy(file, claim) };
  return (['due', 'overdue'] as const).flatMap((about) => {
    const at = moments[about];
    const id = `${onceEach('remind-claim', claim)}#${about}`;
    return at ? [{ id, at, body: { kind: 'remind-claim', claim: claim.id, about, since } as const }] : [];
  });
};

/**
 * Writes to whoever has to do something about a claim that is still open: before its time is over to the committee's secretary and to who decides
 * it, once it is to the administrators. Nobody is told of one that was decided, withdrawn or left behind meanwhile, nor of one that a conflict of
 * interest closes to them. A second time writes nothing new.
 */
export const remindOfClaim = async (deps: Deps, { claim: id, about, since }: Reminder): Promise<void> => {
  const claim = (await deps.records.find(claimAggregate, id))?.state;
  if (claim?.status !== 'open' || (await isLeft(deps, claim))) return;
  if (!isOfThisTime(claim, since)) return;
  const round = (await deps.records.find(roundAggregate, claim.roundId))?.state;
  if (round?.stage !== 'claims') return;
  const dueAt = decideClaimBy(await roundFileOf(deps.records, round.plan), claim);
  if (!dueAt) return;
  const { intake, timeZone: zone } = round.plan;
  const facts = { roundId: round.id, intake, zone, number: claim.number, dueAt };
  const template = `committee-claim-${about}` as const;
  const at = deps.clock.now();
  const gate = isGatedRound(round) ? await gateOfRound(deps.records, round) : undefined;
  const letters = (await readersOf(deps, { claim, about, gate: gate?.state })).map(
    (personId): OutboxMessage => ({
      id: `${onceEach(template, claim)}#${personId}`,
      at,
      body: { kind: 'letter', template, personId, facts },
    }),
  );
  await writeRows(deps, letters);
};

/** Whether nobody waits for the decision any more: final results leave such a claim aside. */
const isLeft = async ({ records }: Deps, { applicationId }: ResultClaim): Promise<boolean> => {
  const [application, candidacy] = await Promise.all([
    records.find(applicationAggregate, applicationId),
    records.find(candidacyAggregate, applicationId),
  ]);
  return !application || endsProcessing(application.state) || candidacy?.state.withdrawnAt !== undefined;
};

const readersOf = async (
  { records }: Deps,
  { claim, about, gate }: Pick<Reminder, 'about'> & { claim: ResultClaim; gate: Gate | undefined },
): Promise<PersonId[]> => {
  if (about === 'overdue') return administratorsIn((await records.find(staffAggregate, staffId))?.state);
  const committee = await records.find(committeeAggregate, claim.roundId);
  return committee ? concernedIn({ committee: committee.state, gate }, claim) : [];
};

const concernedIn = (room: Room, { applicationId }: ResultClaim): PersonId[] => {
  const { committee } = room;
  const secretaries = committee.seats.flatMap(({ seat, personId, leftAt }) =>
    seat === 'secretary' && leftAt === undefined && !inConflict(committee, personId, applicationId)
      ? [personId]
      : [],
  );
  return [...new Set([...secretaries, chairOn(room, applicationId)])].filter((id) => id !== undefined);
};

export const administratorsIn = (staff: Staff | undefined): PersonId[] =>
  Object.entries(staff?.members ?? {}).flatMap(([id, roles]) =>
    roles.includes('administrator') ? [PersonId.parse(id)] : [],
  );
