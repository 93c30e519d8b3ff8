import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { isReached, type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { prospectsIn } from '#functions/commands/offer-prospects.ts';
import { keptOn, type OwnKept } from '#functions/commands/own-kept.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { ApplicationId, VacancyCode } from '#shared/domain/ids.ts';
import { mayBeOffered } from '#shared/domain/offer-prospect.ts';
import { cascadeOf } from '#shared/domain/offer-wave.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type WaitingPlace, waitingList } from '#shared/domain/waiting-list.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A place with its vacancy as the register has it. */
export type WaitingPost = WaitingPlace & { post: Vacancy };

type Standing = Pick<OfferBoard, 'contenders' | 'vacancies' | 'posts'>;

/**
 * Everybody's places, by application: to staff all of them, to an applicant the own ones, from the same rule.
 * @param asked of whom alone, where it is not everybody
 */
export const waitingOn = (
  { contenders, vacancies, posts }: Standing,
  asked?: ReadonlySet<string>,
): ReadonlyMap<string, readonly WaitingPost[]> => {
  const byCode = new Map<string, Vacancy>(vacancies.map((post) => [post.code, post]));
  const cascade = cascadeOf(
    contenders.map(({ state }) => state),
    vacancies,
    posts,
  );
  return new Map(
    [...waitingList(cascade, asked)].map(([id, places]) => [
      id,
      places.flatMap((place) => {
        const post = byCode.get(place.vacancy);
        return post ? [Object.assign({}, place, { post })] : [];
      }),
    ]),
  );
};

export type OwnWaiting = {
  application: Application;
  round: Round;
  file: RoundFile;
  /** Absent before the first offers are let out, and until they have come as far as this person: until then nobody waits. */
  places?: readonly WaitingPost[];
  /** Vacancies of which the next place goes to the application before anybody else, by a remedy; those alone that it waits for. */
  first?: readonly string[];
  /** Does not go on by results that were corrected: is offered nothing more. */
  stopped?: true;
  /** The own list, and what was said of it in advance; absent where no offer of it is open nor can come. */
  ahead?: { choices: readonly VacancyCode[]; said?: Candidacy['ahead'] };
  /** What kept posts did for the application, or against it. */
  kept?: OwnKept | undefined;
  /** When they were counted: every answer may move them. */
  at: Instant;
};

/** The own places on the waiting lists of a round that makes offers; of others nothing but how many come before. */
export const ownWaiting = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Promise<Result<OwnWaiting, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const round = opened.value.round.state;
  const { file, found } = opened.value;
  if (round.stage !== 'offers') return refuse({ kind: 'wrong-stage', stage: round.stage });
  const ahead = await aheadOf(deps, round, found.state.id);
  const own = {
    application: found.state,
    round,
    file,
    at: deps.clock.now(),
    ...(ahead && { ahead }),
  };
  if (!round.offersReleasedAt) return ok(own);
  const board = await offerBoard(deps, round);
  if (!isReached(board, round, found.id)) return ok(own);
  const places = waitingOn(board, new Set([found.id])).get(found.id) ?? [];
  const owed = (board.posts.first ?? []).filter(({ applicationId }) => applicationId === found.state.id);
  const isFirst = (vacancy: string): boolean =>
    owed.some(({ vacancies }) => vacancies.some((code) => code === vacancy));
  return ok({
    ...own,
    places,
    ...(board.posts.stopped?.has(found.state.id) && { stopped: true as const }),
    first: places.map(({ vacancy }) => vacancy).filter(isFirst),
    kept: keptOn(board, file, found.state.id),
  });
};

const aheadOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  round: Round,
  id: ApplicationId,
): Promise<OwnWaiting['ahead']> => {
  const candidacy = (await records.find(candidacyAggregate, id))?.state;
  if (!candidacy || !mayBeOffered(candidacy, await prospectsIn(records, round, id))) return undefined;
  return { choices: candidacy.facts.choices, said: candidacy.ahead };
};

/** The places of somebody whose offer has just ended, as a letter says them: `MAT-002: 3, MAT-003: 1–4`. */
export const placesAfter = async (
  deps: Pick<CommandDeps, 'records'>,
  round: Round,
  after: Candidacy,
): Promise<string> => {
  if (round.stage !== 'offers') return noPlaces;
  const board = await offerBoard(deps, round);
  const contenders = board.contenders.map((one) =>
    one.id === after.applicationId ? { ...one, state: after } : one,
  );
  const id = after.applicationId;
  return placesInWords(waitingOn({ ...board, contenders }, new Set([id])), id);
};

const placesInWords = (waiting: ReturnType<typeof waitingOn>, id: ApplicationId): string =>
  (waiting.get(id) ?? []).map((place) => `${place.vacancy}: ${placeInDigits(place)}`).join(', ') || noPlaces;

/** `3`, or `1–4` where the place may still become worse. */
export const placeInDigits = ({ position, atWorst }: WaitingPlace): string =>
  position === atWorst ? `${position}` : `${position}–${atWorst}`;

const noPlaces = '–';
