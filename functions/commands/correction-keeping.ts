import { openTrial, type Trial } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { changed, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import { numberClaim } from '#shared/domain/application-record.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { ApplicationId, type ApplicationNumber } from '#shared/domain/ids.ts';
import { publicationMessages } from '#shared/domain/results-publication.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { takeEffect } from '#shared/domain/round-advance.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import {
  type CorrectionEvent,
  type Corrections,
  type Corrects,
  correctionsAggregate,
} from '#shared/replay/correction.ts';
import { correctionOf } from '#shared/replay/correction-decisions.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/**
 * Whoever has a conflict of interest with the one application that is corrected, or whose correction is taken back, has no part in
 * it: neither asks for it, nor answers it.
 * @param everyone of the round, by number
 */
export const mayCorrect = async (
  { records }: Pick<Deps, 'records'>,
  { committee, by }: OpenWorkplace,
  { corrects, before }: { corrects: Corrects; before: Corrections | undefined },
): Promise<Result<void, Refusal>> => {
  const about = await correctedIn(records, { corrects, before });
  return about && inConflict(committee.state, by.id, about)
    ? refuse({ kind: 'conflict-of-interest' })
    : ok(undefined);
};

/** The one application that is corrected, or whose correction is taken back: by its claim and not by a list, which may lag. */
export const correctedIn = async (
  records: Pick<Deps['records'], 'claimed'>,
  { corrects, before }: { corrects: Corrects; before: Corrections | undefined },
): Promise<ApplicationId | undefined> => {
  const corrected = numberIn(corrects, before);
  const id = corrected && (await records.claimed(numberClaim(corrected)));
  return ApplicationId.safeParse(id).data;
};

/** The one application that it names, itself or by what it takes back; none where it is about a rater or a whole file. */
const numberIn = (corrects: Corrects, before: Corrections | undefined): ApplicationNumber | undefined => {
  if ('number' in corrects) return corrects.number;
  const undone =
    corrects.kind === 'undo' && before ? correctionOf(before, corrects.correction)?.corrects : undefined;
  return undone && numberIn(undone, before);
};

export type CorrectionWork = { place: OpenWorkplace; trial: Trial };

export const openWork = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<CorrectionWork, Refusal>> => {
  const found = await workplace(deps, command, 'correction.apply');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const trial = await openTrial(deps, command, 'correction.apply');
  return trial.ok ? ok({ place: place.value, trial: trial.value }) : trial;
};

type Kept = {
  before: Versioned<Corrections> | undefined;
  events: readonly CorrectionEvent[];
  documents?: DocumentWrite | undefined;
  changes?: Commit['changes'];
  /** What it makes of the round itself. */
  ofRound?: readonly RoundEvent[];
  blobs?: Commit['blobs'];
} & Partial<Pick<Commit, 'claims' | 'releases' | 'outbox'>>;

/** From the first correction of a stage on, the advance into it stays: corrections are of what was decided before it. */
export const keepCorrection = async (
  deps: Deps,
  place: OpenWorkplace,
  { before, events, documents, changes = [], ofRound = [], blobs = [], outbox = [], ...beside }: Kept,
): Promise<Result<Versioned<Corrections>, Refusal | LostRace>> => {
  if (events.length === 0 && before) return ok(before);
  const { change, after } = changed(correctionsAggregate, place.round.id, before, events);
  const now = deps.clock.now();
  const own = [...takeEffect(place.round.state, now), ...ofRound];
  const round = own.length > 0 ? changed(roundAggregate, place.round.id, place.round, own) : undefined;
  const publications = round ? publicationMessages(round.after.state, round.after.version, now) : [];
  const stored = await store(deps, {
    by: place.by,
    changes: [change, ...changes, ...(round ? [round.change] : [])],
    requires: stands(place).filter(({ aggregate }) => !round || aggregate !== 'round'),
    blobs,
    ...beside,
    outbox: [...outbox, ...(ofRound.length > 0 ? publications : [])],
    ...(documents && { documents: [documents] }),
  });
  return stored.ok ? ok(after) : stored;
};
