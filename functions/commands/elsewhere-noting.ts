import type { CommandDeps } from '#functions/commands/deps.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import {
  type BroughtList,
  type Elsewhere,
  type ElsewhereEvent,
  elsewhereAggregate,
} from '#shared/domain/elsewhere.ts';
import type { Actor } from '#shared/domain/event.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { FinalRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

export const outboxActor: Actor = { kind: 'system', name: 'outbox' };

/**
 * Notes in the record what the outbox did about what crosses, from how the record then stands.
 * @throws when others keep storing first
 */
export const noteElsewhere = async (
  deps: Deps,
  roundId: RoundId,
  note: (state: Elsewhere, now: Instant) => readonly ElsewhereEvent[],
): Promise<void> => {
  const stored = await decideAgain(async (): Promise<Result<void, LostRace>> => {
    const found = await deps.records.find(elsewhereAggregate, roundId);
    const events = found ? note(found.state, deps.clock.now()) : [];
    if (!found || events.length === 0) return ok(undefined);
    const { change } = changed(elsewhereAggregate, roundId, found, events);
    return await store(deps, { by: outboxActor, changes: [change] });
  });
  if (!stored.ok) throw new Error(`What crossed for ${roundId} could not be noted: ${stored.error.kind}.`);
};

/** What the outbox notes with one person, and the letter that tells them. */
export type Telling = {
  note: (candidacy: Candidacy, now: Instant) => readonly CandidacyEvent[];
  template: LetterTemplate;
  facts?: Record<string, string>;
};

/** Each has a record and a letter of their own, so that some at once are in nobody's way. */
const toldAtOnce = 8;

/** Tells people side by side; who was told by a try that was cut is passed over. */
export const tellEach = async <One>(
  people: readonly One[],
  tell: (one: One) => Promise<void>,
): Promise<void> => void (await eachOf(people, toldAtOnce, tell));

/**
 * Notes with one person what happened, and tells them, in one transaction: whom nothing new happened to gets no letter.
 * @throws when others keep storing first
 */
export const tellOne = async (
  deps: Deps,
  { round, list }: { round: FinalRound; list: BroughtList },
  id: ApplicationId,
  { note, template, facts }: Telling,
): Promise<void> => {
  const stored = await decideAgain(async (): Promise<Result<void, LostRace>> => {
    const found = await deps.records.find(candidacyAggregate, id);
    const at = deps.clock.now();
    const events = found ? note(found.state, at) : [];
    if (!found || events.length === 0) return ok(undefined);
    const { change } = changed(candidacyAggregate, id, found, events);
    const outbox = await letterTo(deps, { round, list, id, at }, { template, ...(facts && { facts }) });
    return await store(deps, { by: outboxActor, changes: [change], outbox });
  });
  if (!stored.ok) throw new Error(`Candidacy ${id} could not be noted: ${stored.error.kind}.`);
};

export const letterTo = async (
  { records }: Pick<Deps, 'records'>,
  { round, list, id, at }: { round: FinalRound; list: BroughtList; id: ApplicationId; at: Instant },
  { template, facts, version }: Pick<Telling, 'template' | 'facts'> & { version?: number },
): Promise<OutboxMessage[]> => {
  const application = (await records.find(applicationAggregate, id))?.state;
  if (!application) return [];
  const { personId, number } = application;
  const { intake, timeZone: zone } = round.plan;
  const known = { roundId: round.id, intake, zone, number, other: list.region, at };
  const body = { kind: 'letter', template, personId, facts: Object.assign(known, facts) } as const;
  // What may happen again is a letter of its own each time.
  const again = version === undefined ? '' : `#${version}`;
  return [{ id: `${template}#${round.id}#${list.number}#${personId}${again}`, at, body }];
};
