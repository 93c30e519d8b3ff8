import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { writeLettersToMembers } from '#functions/commands/member-letters.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { workOwedNow } from '#functions/commands/work-owed.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { dueFor } from '#shared/domain/guest.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { stageEndsAt } from '#shared/domain/publication.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { WorkOwed } from '#shared/domain/work-owed.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Message = Extract<OutboxMessage['body'], { kind: 'tell-judges' }>;

const templates = {
  screening: 'committee-screening-waits',
  scoring: 'committee-scores-given',
} as const satisfies Partial<Record<GatedStage, string>>;

/**
 * Writes to whoever screens or scores at a gate how much waits for them and by when the stage should end, once for each beginning and each hour in which
 * they were given more. Nothing about any application is in it: raters are blind. Nobody is told of what is done, taken away or decided by now.
 */
export const tellJudges = async (deps: Deps, { roundId, gate: gateId, given }: Message): Promise<void> => {
  const { records, clock } = deps;
  const [round, committee] = await Promise.all([
    records.find(roundAggregate, roundId),
    records.find(committeeAggregate, roundId),
  ]);
  if (!round || !committee || !isGatedRound(round.state)) return;
  const { stage, plan } = round.state;
  const gate = await gateOfRound(records, round.state);
  if (gate?.id !== gateId || gate.state.status !== 'open') return;
  if (stage !== 'screening' && stage !== 'scoring') return;
  const file = await roundFileOf(records, plan);
  const place = { round: round.state, committee: committee.state, file };
  const owed = newlyOwed(await workOwedNow(deps, place), given);
  const dueAt = stageEndsAt(round.state, file);
  if (!dueAt) return;
  const facts = { roundId, intake: plan.intake, zone: plan.timeZone };
  const cause = `${templates[stage]}#${gateId}${given ? `#${given.until}` : ''}`;
  const to = owed.map(([personId, { length: count }]) => ({
    personId,
    count,
    dueAt: dueFor(committee.state, personId, { dueAt, now: clock.now() }),
  }));
  await writeLettersToMembers(deps, { template: templates[stage], cause, facts, to });
};

/** Of those who owe something, whom a letter is about: with `given` who still owes some of it. */
const newlyOwed = (owed: WorkOwed, given: Message['given']): [PersonId, ApplicationId[]][] => {
  if (!given) return [...owed];
  const news = new Map(given.to.map(({ rater, applications }) => [rater, new Set(applications)]));
  return [...owed].filter(([person, ids]) => ids.some((id) => news.get(person)?.has(id)));
};
