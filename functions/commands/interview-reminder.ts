import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { eachOf, goingOn } from '#functions/commands/selection.ts';
import { changed, decideAgain, store } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { isWorkingDay } from '#shared/domain/calendar.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Gate, gateAggregate } from '#shared/domain/gate.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { isDayBefore, isUnbookedDay, remindOfInterview } from '#shared/domain/interview-reminding.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { stageEndsAt } from '#shared/domain/publication.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { isReached } from '#shared/domain/telling.ts';
import type { Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, morning } from '#shared/domain/zone.ts';
import { ok } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Reminding = { round: RoundIn<'interviews'>; gate: Versioned<Gate> };
type Asked = { applicationId: ApplicationId; slot?: Slot; lastFree?: Instant };

const atOnce = 8;

/** Each morning while interviews are held, whom they concern is looked for: one row a day, whoever asks for it first. */
export const interviewReminders = ({ id: roundId, stage, plan }: Round, now: Instant): OutboxMessage[] => {
  const day = dayAt(plan.timeZone, now);
  if (stage !== 'interviews' || now < atHour(plan.timeZone, day, morning)) return [];
  return [
    { id: `remind-interviews#${roundId}#${day}`, at: now, body: { kind: 'remind-interviews', roundId, day } },
  ];
};

/**
 * Writes to who was told of an invitation and has no time some working days before the end of booking, and to who has one on the working
 * day before it; each once, which their candidacy keeps. Tried again, it goes on with whom it has not come to.
 */
export const remindOfInterviews = async (
  deps: Deps,
  { roundId, day }: Extract<OutboxMessage['body'], { kind: 'remind-interviews' }>,
): Promise<void> => {
  const { records, clock } = deps;
  const round = (await records.find(roundAggregate, roundId))?.state;
  if (round?.stage !== 'interviews' || round.told.scoring === undefined) return;
  const gate = await gateOfRound(records, round);
  const file = await roundFileOf(records, round.plan);
  const now = clock.now();
  if (!gate || dayAt(file.timeZone, now) !== day || !isWorkingDay(day, file.calendar)) return;
  const asked = await askedOn(deps, { round, file, day });
  await eachOf(asked, atOnce, (one) => remindOne(deps, { round, gate }, one));
};

const askedOn = async (
  { records, clock }: Deps,
  { round, file, day }: { round: RoundIn<'interviews'>; file: RoundFile; day: string },
): Promise<Asked[]> => {
  const now = clock.now();
  const slots = await slotsIn(records, round.id);
  const taken = slots.flatMap((slot) =>
    slot.applicationId ? [{ applicationId: slot.applicationId, slot }] : [],
  );
  const tomorrow = taken.filter(({ slot }) => isDayBefore(file, day, slot.startsAt));
  const lastFree = slots.findLast(
    ({ applicationId, startsAt }) => !applicationId && startsAt > now,
  )?.startsAt;
  // Where no time is left there is nothing to choose.
  if (!lastFree) return tomorrow;
  const planned = stageEndsAt(round, file);
  const end = planned && planned > now && planned < lastFree ? planned : lastFree;
  if (!isUnbookedDay(file, day, end)) return tomorrow;
  const booked = new Set(taken.map(({ applicationId }) => applicationId));
  const going = await goingOn(records, round, 'scoring');
  const without = [...going].filter((id) => !booked.has(id));
  return [...tomorrow, ...without.map((applicationId) => ({ applicationId, lastFree }))];
};

/** Decided on the records as they stand now: a booking that changes in this moment comes first, and the letter is about what it is then. */
const remindOne = async (deps: Deps, { round, gate: { id } }: Reminding, asked: Asked): Promise<void> => {
  const { records, clock } = deps;
  const { applicationId } = asked;
  await decideAgain(async () => {
    const [gate, candidacy, application, slot] = await Promise.all([
      records.find(gateAggregate, id),
      records.find(candidacyAggregate, applicationId),
      records.find(applicationAggregate, applicationId),
      asked.slot && records.find(slotAggregate, asked.slot.id),
    ]);
    const now = clock.now();
    if (!gate || !acceptsWork(gate.state).ok) return ok(undefined);
    if (!candidacy || !application || !isReached(application.state, now)) return ok(undefined);
    const events = remindOfInterview(candidacy.state, slot?.state.id, now);
    const [template, facts] = slot
      ? (['interview-reminder', { startsAt: slot.state.startsAt }] as const)
      : (['interview-unbooked', { lastFree: asked.lastFree ?? now }] as const);
    if (events.length === 0) return ok(undefined);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, events);
    const { number, personId } = application.state;
    const about = { roundId: round.id, intake: round.plan.intake, zone: round.plan.timeZone, number };
    const body = {
      kind: 'letter',
      template,
      personId,
      facts: { ...about, applicationId, ...facts },
    } as const;
    const stored = await store(deps, {
      by: { kind: 'system', name: 'outbox' },
      changes: [change],
      requires: [{ aggregate: 'gate', id: gate.id, version: gate.version }],
      outbox: [{ id: `${template}#${applicationId}#${after.version}`, at: now, body }],
    });
    return stored.ok ? ok(undefined) : stored;
  });
};
