import type { CommandDeps } from '#functions/commands/deps.ts';
import { pageSize, writeRows } from '#functions/commands/letters.ts';
import { cascadeAfterWave, isReached, type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { postFacts } from '#functions/commands/offer-messages.ts';
import { placeInDigits } from '#functions/commands/waiting-list.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { type Elsewhere, elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { listOf } from '#shared/domain/elsewhere-decisions.ts';
import { isUnplaced } from '#shared/domain/exchange.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { waitingList } from '#shared/domain/waiting-list.ts';

type LettersToContenders = Extract<OutboxMessage['body'], { kind: 'letters-to-contenders' }>;
type About = LettersToContenders['about'];
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type OffersRound = RoundIn<'offers'>;

/** Asks for letters to those of a round's final results whom something concerns. */
export const lettersToContenders = (
  { id: roundId }: Pick<OffersRound, 'id'>,
  about: About,
  at: Instant,
): OutboxMessage => ({
  id: causeOf(roundId, about),
  at,
  body: { kind: 'letters-to-contenders', roundId, about, from: 0 },
});

const causeOf = (roundId: string, about: About): string => {
  if (about.kind === 'elsewhere') return `elsewhere#${roundId}#${about.list}`;
  return about.kind === 'exchange' ? `exchange#${roundId}` : `capacity#${roundId}#${about.change}`;
};

/**
 * Turns one page of the people with a final result into letters to those whom it concerns now, then writes the row for the next page.
 * Repeatable: a letter's id follows from its cause and its reader.
 */
export const writeLettersToContenders = async (deps: Deps, message: LettersToContenders): Promise<void> => {
  const { roundId, about, from } = message;
  const round = await deps.records.find(roundAggregate, roundId);
  if (!round || !isFinal(round.state)) return;
  const { plan } = round.state;
  const board = await offerBoard(deps, round.state);
  const page = board.contenders.slice(from, from + pageSize);
  const letterTo =
    about.kind === 'elsewhere'
      ? aboutElsewhere(await deps.records.find(elsewhereAggregate, roundId), about.list)
      : round.state.stage === 'offers' && lettersAbout(about, round.state, { board, page });
  if (!letterTo) return;
  const at = deps.clock.now();
  const rows: OutboxMessage[] = [];
  for (const { id, state } of page) {
    const letter = letterTo(state);
    const application = letter && (await deps.records.find(applicationAggregate, state.applicationId));
    if (!letter || !application) continue;
    const { personId, number } = application.state;
    const facts = { roundId, intake: plan.intake, zone: plan.timeZone, number, ...letter.facts };
    const body = { kind: 'letter', template: letter.template, personId, facts } as const;
    rows.push({ id: `${causeOf(roundId, about)}#${id}`, at, body });
  }
  const next = from + pageSize;
  if (next < board.contenders.length) {
    rows.push({ id: `${causeOf(roundId, about)}#page#${next}`, at, body: { ...message, from: next } });
  }
  await writeRows(deps, rows);
};

/** A board, and those of it to whom letters are written now. */
type Among = { board: OfferBoard; page: OfferBoard['contenders'] };

type Letter = { template: LetterTemplate; facts: Record<string, string | number> };
type LetterTo = (candidacy: Contender) => Letter | undefined;

const lettersAbout = (
  about: Exclude<About, { kind: 'elsewhere' }>,
  round: OffersRound,
  among: Among,
): LetterTo => (about.kind === 'exchange' ? aboutExchange(round) : aboutCapacity(round, among, about.change));

/** To everyone without a post. */
const aboutExchange =
  ({ exchange }: OffersRound): LetterTo =>
  (candidacy) =>
    exchange && isUnplaced(candidacy)
      ? { template: 'exchange-opened', facts: { until: exchange.until } }
      : undefined;

/** To everyone without a post, about those of another region. */
const aboutElsewhere = (
  elsewhere: { state: Elsewhere } | undefined,
  number: number,
): LetterTo | undefined => {
  const list = elsewhere && listOf(elsewhere.state, number);
  if (list?.status !== 'confirmed') return undefined;
  const facts = { other: list.region, until: list.choosingUntil };
  return (candidacy) => (isUnplaced(candidacy) ? { template: 'elsewhere-opened', facts } : undefined);
};

/** To everyone who waits for the post, with the place that they have once the offers that are due are made. */
const aboutCapacity = (round: OffersRound, { board, page }: Among, number: number): LetterTo => {
  const change = round.capacities?.find((one) => one.number === number);
  const post = board.vacancies.find(({ code }) => code === change?.vacancy);
  const waiting = waitingList(cascadeAfterWave(board), new Set(page.map(({ id }) => id)));
  return ({ applicationId }) => {
    const place = (waiting.get(applicationId) ?? []).find(({ vacancy }) => vacancy === post?.code);
    if (!change || !post || !place || !isReached(board, round, applicationId)) return undefined;
    const facts = { ...postFacts(post), before: change.from, posts: post.posts, place: placeInDigits(place) };
    return { template: 'waiting-changed', facts };
  };
};
