import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { emptyPosts } from '#functions/commands/exchange.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicantPlace, type OpenWorkplace, stands } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  type AtExchange,
  joinExchange as decideJoin,
  leaveExchange as decideLeave,
  rankInExchange as decideRank,
  type Exchange,
  isUnplaced,
  type SecondChoices,
} from '#shared/domain/exchange.ts';
import type { ApplicationId, VacancyCode } from '#shared/domain/ids.ts';
import { openOffers } from '#shared/domain/offer.ts';
import { isAcceptable } from '#shared/domain/offer-wave.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Answer = Promise<Result<void, Refusal>>;
type Attempt = Promise<Result<void, Refusal | LostRace>>;

export type OwnExchange = {
  application: Application;
  round: Round;
  file: RoundFile;
  rule: NonNullable<RoundFile['exchange']>;
  exchange: Exchange;
  /** Absent for who does not take part. */
  own?: SecondChoices;
  /** Without a post and an offer: may take part. */
  isUnplaced: boolean;
  /** Whether anything may still be agreed to, chosen or taken back. */
  isOpen: boolean;
  /** Empty posts that would take the person; only for who takes part. */
  posts: readonly Vacancy[];
  /** What was chosen, best first. */
  chosen: readonly Vacancy[];
};

/** The exchange for somebody with a final result. Who has none, and where none was opened, is told that there is no such page. */
export const ownExchange = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Promise<Result<OwnExchange, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { found, round, file } = opened.value;
  const exchange = isFinal(round.state) ? round.state.exchange : undefined;
  const rule = file.exchange;
  if (!isFinal(round.state) || !exchange || !rule) return noExchange;
  const board = await offerBoard(deps, round.state);
  const candidacy = board.contenders.find(({ id }) => id === found.id)?.state;
  if (!candidacy) return noExchange;
  const own = candidacy.exchange;
  const isOpen = round.state.stage === 'offers' && !exchange.ran && deps.clock.now() < exchange.until;
  return ok({
    application: found.state,
    round: round.state,
    file,
    rule,
    exchange,
    ...(own && { own }),
    isUnplaced: isUnplaced(candidacy),
    isOpen,
    posts: own && isOpen ? postsFor(candidacy, board) : [],
    chosen: chosenFrom(board.vacancies, own),
  });
};

/** Without a post that the person is being asked about, although another of its seats is empty. */
const postsFor = (candidacy: Contender, board: OfferBoard): Vacancy[] => {
  const asked = new Set(openOffers(candidacy).map(({ vacancy }) => vacancy));
  return emptyPosts(board).filter((post) => isAcceptable(candidacy, post) && !asked.has(post.code));
};

const chosenFrom = (vacancies: readonly Vacancy[], own: SecondChoices | undefined): Vacancy[] =>
  (own?.choices ?? []).flatMap((code) => vacancies.find((post) => post.code === code) ?? []);

const noExchange = refuse({ kind: 'not-found', what: 'page' } as const);

/** Whether an own application has a page of the exchange, for the links to it. */
export const exchangeOf = ({ round, file }: { round: Round; file: RoundFile }): Exchange | undefined =>
  file.exchange && isFinal(round) ? round.exchange : undefined;

/** Agrees to take part: only then are the empty posts shown. Kept with a letter; again changes nothing. */
export const joinExchange = (deps: Deps, command: ApplicationCommand): Answer =>
  choosing(deps, command, ({ candidacy, at }, now) => {
    const decision = decideJoin(candidacy.state, at, now);
    return { decision, letter: 'exchange-joined' };
  });

/** Ranks empty posts, best first, from the order that the page showed. */
export const rankInExchange = (
  deps: Deps,
  command: ApplicationCommand & { choices: readonly VacancyCode[]; basedOn: readonly VacancyCode[] },
): Answer =>
  choosing(deps, command, async ({ candidacy, round, file, at }, now) => {
    const posts = postsFor(candidacy.state, await offerBoard(deps, round.state));
    const choosable = new Set(posts.map(({ code }) => code));
    const limit = file.exchange?.limit ?? 0;
    return { decision: decideRank(candidacy.state, { ...command, posts: choosable, limit }, at, now) };
  });

/** Takes the consent back, with what was chosen; kept with a letter. */
export const leaveExchange = (deps: Deps, command: ApplicationCommand): Answer =>
  choosing(deps, command, ({ candidacy, at }, now) => ({
    decision: decideLeave(candidacy.state, at, now),
    letter: 'exchange-left',
  }));

type Place = {
  candidacy: Versioned<Candidacy>;
  round: Versioned<RoundIn<'offers'>>;
  file: RoundFile;
  at: AtExchange;
};
type Deciding = {
  decision: Result<CandidacyEvent[], Refusal>;
  letter?: 'exchange-joined' | 'exchange-left';
};

/** Decides on the own candidacy while the round stands as it was read: nothing is chosen once the choices count. */
const choosing = (
  deps: Deps,
  command: ApplicationCommand,
  decide: (place: Place, now: Instant) => Deciding | Promise<Deciding>,
): Answer =>
  decideAgain(async (): Attempt => {
    const found = await ownExchange(deps, command);
    if (!found.ok) return found;
    const { application, file } = found.value;
    const place = await choosingPlace(deps, command.applicationId, application.roundId);
    if (!place.ok) return place;
    const { candidacy, round, gate } = place.value;
    const now = deps.clock.now();
    const at = { exchange: round.state.exchange, zone: file.timeZone };
    const { decision, letter } = await decide({ candidacy, round, file, at }, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(undefined);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    return await store(deps, {
      by: actorOf(command.by),
      changes: [change],
      requires: stands({ round, gate }),
      outbox: letter ? [letterTo(application, round.state, { letter, version: after.version, now })] : [],
    });
  });

const choosingPlace = async (
  deps: Deps,
  applicationId: ApplicationId,
  roundId: Application['roundId'],
): Promise<Result<Pick<Place, 'candidacy' | 'round'> & Pick<OpenWorkplace, 'gate'>, Refusal>> => {
  const [candidacy, found] = await Promise.all([
    deps.records.find(candidacyAggregate, applicationId),
    deps.records.find(roundAggregate, roundId),
  ]);
  if (!candidacy || !found) return noExchange;
  const place = await applicantPlace(deps, found, 'exchange.choose');
  if (!place.ok) return place;
  const { round, gate } = place.value;
  const { state } = round;
  if (state.stage !== 'offers') return refuse({ kind: 'wrong-stage', stage: state.stage });
  return ok({ candidacy, round: { ...round, state }, gate });
};

const letterTo = (
  { personId, number }: Application,
  { id: roundId, plan, exchange }: RoundIn<'offers'>,
  { letter, version, now }: { letter: NonNullable<Deciding['letter']>; version: number; now: Instant },
): OutboxMessage => {
  const until = exchange?.until ?? now;
  const facts = { roundId, intake: plan.intake, zone: plan.timeZone, number, at: now, until };
  // Agreed and taken back may follow one another: each time is a letter of its own.
  const id = `${letter}#${roundId}#${personId}#${version}`;
  return { id, at: now, body: { kind: 'letter', template: letter, personId, facts } };
};
