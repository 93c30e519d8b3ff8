import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { seatOf } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { guestOf } from '#shared/domain/guest.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type Passport, type PassportEvent, passportAggregate, passportId } from '#shared/domain/passport.ts';
import type { Action } from '#shared/domain/permission.ts';
import { askPractice, scorePractice } from '#shared/domain/practice.ts';
import type { PracticeRule } from '#shared/domain/practice-rule.ts';
import { type Points, ratedCriteria } from '#shared/domain/rubric.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Answer = Promise<Result<Versioned<Passport> | undefined, Refusal>>;

/** A round whose raters practise. */
export type PracticePlace = Workplace & { rule: PracticeRule };

/** The round of somebody who may do this there, where its file asks for practice. */
export const practicePlace = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: CommitteeCommand,
  action: Action,
): Promise<Result<PracticePlace, Refusal>> => {
  const found = await workplace(deps, command, action);
  if (!found.ok) return found;
  const rule = found.value.file.practice;
  return rule ? ok({ ...found.value, rule }) : refuse({ kind: 'not-found', what: 'page' });
};

/** The own points for one synthetic application; the last of a try ends it, and certifies who passed. */
export const scorePracticeText = (
  deps: Deps,
  command: CommitteeCommand & { text: string; points: Points },
): Answer =>
  decideAgain(async () => {
    const found = await practicePlace(deps, command, 'practice.score');
    if (!found.ok) return found;
    const { by, file, rule } = found.value;
    const who = { roundId: command.roundId, personId: by.id };
    const before = await deps.records.find(passportAggregate, passportId(who.roundId, who.personId));
    const { text, points } = command;
    const rules = { rule, criteria: ratedCriteria(file.rubric.criteria) };
    const scored = scorePractice(before?.state, { who, text, points }, rules, deps.clock.now());
    return scored.ok ? await keep(deps, found.value, { who, before, events: scored.value }) : scored;
  });

/** The secretary asks a rater to practise anew: the certificate ends, or used-up tries begin again. */
export const askPracticeAnew = (deps: Deps, command: CommitteeCommand & { personId: PersonId }): Answer =>
  decideAgain(async () => {
    const found = await practicePlace(deps, command, 'practice.ask');
    if (!found.ok) return found;
    const { personId, roundId } = command;
    const committee = found.value.committee?.state;
    const rates = seatOf(committee, personId) ?? guestOf(committee, personId, deps.clock.now());
    if (!rates) return refuse({ kind: 'not-found', what: 'person' });
    const before = await deps.records.find(passportAggregate, passportId(roundId, personId));
    const asked = { rule: found.value.rule, by: found.value.by.id };
    const events = askPractice(before?.state, asked, deps.clock.now());
    return await keep(deps, found.value, { who: { roundId, personId }, before, events });
  });

const keep = async (
  deps: Deps,
  { by }: PracticePlace,
  {
    who,
    before,
    events,
  }: {
    who: Pick<Passport, 'roundId' | 'personId'>;
    before: Versioned<Passport> | undefined;
    events: readonly PassportEvent[];
  },
): Promise<Result<Versioned<Passport> | undefined, Refusal | LostRace>> => {
  if (events.length === 0) return ok(before);
  const id = passportId(who.roundId, who.personId);
  const { change, after } = changed(passportAggregate, id, before, events);
  const stored = await store(deps, { by, changes: [change] });
  return stored.ok ? ok(after) : stored;
};
