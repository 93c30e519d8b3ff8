import type { CommandDeps } from '#functions/commands/deps.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { changed, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import type { CapacityEvent } from '#shared/domain/capacity.ts';
import type { Cascade } from '#shared/domain/cascade.ts';
import type { Committee } from '#shared/domain/committee.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { cascadeOf } from '#shared/domain/offer-wave.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { RemedyEvent } from '#shared/domain/remedy.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/** Where posts, or whom they go to, are changed by two people while offers are made. */
export type PostsPlace = {
  by: CommitteeCommand['by'];
  round: Versioned<RoundIn<'offers'>>;
  committee: Versioned<Committee>;
  file: RoundFile;
  board: OfferBoard;
  requires: NonNullable<Commit['requires']>;
};

/** A round that makes offers, with its board. */
export type OffersPlace = Omit<OpenWorkplace, 'round'> & Pick<PostsPlace, 'round' | 'board'>;

/** A round that makes offers, while nothing lies on the committee's table. */
export const offersPlace = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: CommitteeCommand,
  action: Action,
): Promise<Result<OffersPlace, Refusal>> => {
  const found = await workplace(deps, command, action);
  if (!found.ok) return found;
  const work = atWork(found.value);
  if (!work.ok) return work;
  const { state } = work.value.round;
  if (state.stage !== 'offers') return refuse({ kind: 'wrong-stage', stage: state.stage });
  const board = await offerBoard(deps, state);
  return ok({ ...work.value, round: { ...work.value.round, state }, board });
};

/** The same, with what must stand as it was read when a change of posts is stored. */
export const postsPlace = async (
  deps: Deps,
  command: CommitteeCommand,
  action: Action,
): Promise<Result<PostsPlace, Refusal>> => {
  const place = await offersPlace(deps, command, action);
  if (!place.ok) return place;
  const { by, round, committee, file, board } = place.value;
  const requires = stands(place.value).filter(({ aggregate }) => aggregate !== 'round');
  return ok({ by, round, committee, file, board, requires });
};

export const cascadeIn = ({
  contenders,
  vacancies,
  posts,
}: Pick<OfferBoard, 'contenders' | 'vacancies' | 'posts'>): Cascade =>
  cascadeOf(
    contenders.map(({ state }) => state),
    vacancies,
    posts,
  );

type Kept = Partial<Pick<Commit, 'changes' | 'claims' | 'releases' | 'outbox'>> & {
  events: readonly (CapacityEvent | RemedyEvent)[];
  documents?: readonly DocumentWrite[];
};

/** Stores what was decided about the round's posts with all that follows from it; nothing where nothing was. */
export const keepChange = async (
  deps: Deps,
  { by, round, requires }: PostsPlace,
  { events, changes = [], documents = [], ...beside }: Kept,
): Promise<Result<void, Refusal | LostRace>> => {
  if (events.length === 0) return ok(undefined);
  const { change } = changed(roundAggregate, round.id, round, events);
  return await store(deps, { by, changes: [change, ...changes], requires, documents, ...beside });
};
