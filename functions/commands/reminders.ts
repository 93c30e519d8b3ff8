import { ballotsAwaitedAt, votesAwaitedAt } from '#functions/commands/awaited.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { storeGate } from '#functions/commands/gate-work.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import { workOwed } from '#functions/commands/work-owed.ts';
import {
  atSeenGate,
  type CommitteeCommand,
  type OpenWorkplace,
  type SeenAt,
  workplace,
} from '#functions/commands/workplace.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Gate, GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import { dueFor } from '#shared/domain/guest.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { stageEndsAt } from '#shared/domain/publication.ts';
import {
  isReminderEvent,
  type Owing,
  RemindedOf,
  remind,
  remindableFrom,
  remindedIn,
} from '#shared/domain/reminding.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import { type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** The letter of each reminder. */
export const reminderTemplates = {
  screening: 'committee-screening-reminder',
  scores: 'committee-scores-reminder',
  scorecards: 'committee-scorecards-reminder',
  vote: 'committee-vote-reminder',
  ballot: 'committee-ballot-reminder',
} as const satisfies Record<RemindedOf, string>;

/** Something that members may owe now, who does, and when they were reminded of it. */
export type Outstanding = {
  about: RemindedOf;
  /** Who owes most first. */
  owing: Owing[];
  last: Instant | undefined;
  /** From when the next reminder can go out; undefined where it can now. */
  from: Instant | undefined;
};

/** A reminder that went out at the gate of now: when, who asked for it, to whom, and how much each owed then. */
export type Reminder = { about: RemindedOf; at: Instant; by: PersonId | undefined; to: Owing[] };

/**
 * What waits for members and guests at the gate of now, for who may remind them, and what went out there, newest first; nothing waits where nothing of the
 * kind is going on.
 */
export const remindersView = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<
  Result<
    {
      place: OpenWorkplace;
      outstanding: Outstanding[];
      sent: Reminder[];
      dueAt: Instant | undefined;
    },
    Refusal
  >
> => {
  const place = await remindingPlace(deps, command);
  if (!place.ok) return place;
  const { gate, round, file } = place.value;
  const now = deps.clock.now();
  const outstanding: Outstanding[] = [];
  for (const about of RemindedOf.options) {
    const owing = await owingAt(deps, place.value, about);
    if (!owing) continue;
    const last = gate.state.reminded?.[about];
    const from = last && remindableFrom(last, file.timeZone);
    outstanding.push({ about, owing, last, from: from && now < from ? from : undefined });
  }
  const sent = await sentAt(deps, gate);
  return ok({ place: place.value, outstanding, sent, dueAt: stageEndsAt(round.state, file) });
};

const sentAt = async ({ records }: Reads, { id, state }: Versioned<Gate>): Promise<Reminder[]> => {
  if (!state.reminded) return [];
  const done = await records.history(gateAggregate.name, id);
  const sent = done.flatMap(({ fact, by }) => {
    const event = GateEvent.parse(fact);
    if (!isReminderEvent(event)) return [];
    const { at, to } = event;
    return [{ about: remindedIn(event), at, by: by.kind === 'person' ? by.id : undefined, to }];
  });
  return sent.toReversed();
};

/**
 * Reminds everybody who still owes something, by one letter each. `confirmed` is the number of people that the page showed. The gate keeps that it
 * happened, who was written to and how much they owed; the letters come from the row of that commit.
 */
export const remindMembers = (
  deps: Reads & Pick<CommandDeps, 'nudge'>,
  { about, confirmed, ...command }: CommitteeCommand & SeenAt & { about: RemindedOf; confirmed: number },
): Promise<Result<Versioned<Gate>, Refusal>> =>
  decideAgain(async () => {
    const place = await remindingPlace(deps, command);
    if (!place.ok) return place;
    const { gate, file } = place.value;
    const owing = (await owingAt(deps, place.value, about)) ?? [];
    const now = deps.clock.now();
    const decision = remind(gate.state, { about, owing, confirmed, timeZone: file.timeZone }, now);
    const outbox = decision.ok && decision.value.length > 0 ? rowsOf(place.value, { about, owing, now }) : [];
    return await storeGate(deps, { place: place.value, decision, outbox });
  });

const remindingPlace = async (
  deps: Reads,
  command: CommitteeCommand & SeenAt,
): Promise<Result<OpenWorkplace, Refusal>> => {
  const place = await workplace(deps, command, 'members.remind');
  return place.ok ? atSeenGate(place.value, command) : place;
};

/** Who owes what of it now; undefined where nothing of the kind waits for anybody. */
const owingAt = async (
  deps: Reads,
  place: OpenWorkplace,
  about: RemindedOf,
): Promise<Owing[] | undefined> => {
  switch (about) {
    case 'screening':
    case 'scores':
    case 'scorecards':
      return await owingWork(deps, place, about);
    case 'vote':
      return (await votesAwaitedAt(deps, place))?.map(oneEach);
    case 'ballot':
      return (await ballotsAwaitedAt(deps, place))?.map(oneEach);
    default:
      return about satisfies never;
  }
};

/** The stages whose work it is; interviews that were owed are held after the stage of the others. */
const stagesOf = {
  screening: ['screening'],
  scores: ['scoring'],
  scorecards: ['interviews', 'claims', 'offers'],
} as const satisfies Partial<Record<RemindedOf, readonly GatedStage[]>>;

const owingWork = async (
  deps: Reads,
  place: OpenWorkplace,
  about: keyof typeof stagesOf,
): Promise<Owing[] | undefined> => {
  const { round, committee, file, gate } = place;
  const stages: readonly GatedStage[] = stagesOf[about];
  if (!stages.includes(round.state.stage) || !acceptsWork(gate.state).ok) return undefined;
  const owed = await workOwed(deps, { round: round.state, committee: committee.state, file });
  // Of what was owed after its stage mostly nothing is.
  if (owed.size === 0 && round.state.stage !== stages[0]) return undefined;
  return Array.from(owed, ([personId, { length: count }]) => ({ personId, count })).toSorted(
    (one, other) => other.count - one.count,
  );
};

const oneEach = (personId: PersonId): Owing => ({ personId, count: 1 });

const rowsOf = (
  { round, committee, gate, file }: OpenWorkplace,
  { about, owing, now }: { about: RemindedOf; owing: readonly Owing[]; now: Instant },
): OutboxMessage[] => {
  const { id: roundId, plan } = round.state;
  const dueAt = stageEndsAt(round.state, file);
  if (!dueAt) return [];
  const template = reminderTemplates[about];
  const cause = `${template}#${gate.id}#${gate.version + 1}`;
  const facts = { roundId, intake: plan.intake, zone: plan.timeZone, dueAt };
  const to = owing.map(({ personId, count }) => ({
    personId,
    count,
    dueAt: dueFor(committee.state, personId, { dueAt, now }),
  }));
  return [{ id: cause, at: now, body: { kind: 'letters-to-members', template, cause, facts, to } }];
};
