import type { CommandDeps } from '#functions/commands/deps.ts';
import { concernedBy } from '#functions/commands/letters-audience.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate, applicationsOf } from '#shared/domain/application-record.ts';
import type { Actor } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { isInRound } from '#shared/domain/shown-recipients.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { isReached, templateOf } from '#shared/domain/telling.ts';

type LettersToRound = Extract<OutboxMessage['body'], { kind: 'letters-to-round' }>;
type LettersOfDecision = Extract<OutboxMessage['body'], { kind: 'letters-of-decision' }>;
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

const outbox: Actor = { kind: 'system', name: 'outbox' };

/** Half of what one transaction can hold. */
export const pageSize = 50;

/**
 * Turns one page of a round's applications into letters, then writes the row for the next page. Repeatable: a
 * letter's id follows from its cause and its reader, and one that was written before is passed over.
 */
export const writeLettersToRound = async (deps: Deps, message: LettersToRound): Promise<void> => {
  const { roundId, after } = message;
  const page = await deps.records.list(applicationAggregate, 'list', applicationsOf(roundId), {
    limit: pageSize,
    ...(after !== undefined && { after }),
  });
  const at = deps.clock.now();
  const letters = page.items
    .filter(({ state }) => isInRound(state, at))
    .map(({ state }) => letterTo(state, message, at));
  if (page.next !== undefined) letters.push(nextPage(message, page.next, at));
  await writeRows(deps, letters);
};

export const writeRows = async (deps: Deps, letters: readonly OutboxMessage[]): Promise<void> => {
  if (letters.length === 0) return;
  const together = await deps.records.commit({ by: outbox, changes: [], outbox: letters });
  // One row was written before, in a try that broke off: then each on its own, passing over those that stand.
  if (!together.ok) {
    for (const letter of letters) await deps.records.commit({ by: outbox, changes: [], outbox: [letter] });
  }
  await deps.nudge.outbox(letters);
};

/**
 * Turns one page of a decided list into letters, then writes the row for the next page. Repeatable in the same way. Whom
 * a letter is for is looked up here: the list names applications by number only.
 */
export const writeLettersOfDecision = async (deps: Deps, message: LettersOfDecision): Promise<void> => {
  const { roundId, about, from } = message;
  const round = await deps.records.find(roundAggregate, roundId);
  if (!round || !('decisions' in round.state)) return;
  const standings = await concernedBy(deps.records, round.state, about);
  const page = standings.slice(from, from + pageSize);
  const at = deps.clock.now();
  const letters = await Promise.all(page.map((standing) => letterAbout(deps, message, standing, at)));
  const rows = letters.flat();
  const next = from + pageSize;
  if (next < standings.length) {
    rows.push({ id: `${message.cause}#page#${next}`, at, body: { ...message, from: next } });
  }
  await writeRows(deps, rows);
};

const letterAbout = async (
  { records }: Deps,
  { about, cause, facts }: LettersOfDecision,
  standing: Standing,
  at: OutboxMessage['at'],
): Promise<OutboxMessage[]> => {
  const application = await records.find(applicationAggregate, standing.applicationId);
  // Whoever withdrew since has had a letter about that.
  if (!application || !isReached(application.state, at)) return [];
  const { personId, number, id: applicationId } = application.state;
  const template = templateOf(about, standing);
  const body = { kind: 'letter', template, personId, facts: { ...facts, number, applicationId } } as const;
  return [{ id: `${cause}#${applicationId}`, at, body }];
};

const letterTo = (
  { personId, number, id }: Application,
  { template, cause, facts }: LettersToRound,
  at: OutboxMessage['at'],
): OutboxMessage => ({
  id: `${cause}#${personId}`,
  at,
  body: { kind: 'letter', template, personId, facts: { ...facts, number, applicationId: id } },
});

const nextPage = (message: LettersToRound, after: string, at: OutboxMessage['at']): OutboxMessage => ({
  id: `${message.cause}#page#${sha256Of(after).slice(0, 20)}`,
  at,
  body: { ...message, after },
});
