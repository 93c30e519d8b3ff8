import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { raterDrawingOf, roundFileOf } from '#functions/commands/pinned.ts';
import { type DrawnRaters, fillings, storeAll } from '#functions/commands/rater-assignment.ts';
import {
  planOf,
  ratedIn,
  type ScoringPlace,
  screeningOf,
  withRaters,
} from '#functions/commands/rater-place.ts';
import { givenIn } from '#functions/commands/rater-turn.ts';
import type { Progress } from '#functions/commands/screening-preparation.ts';
import { changed, store } from '#functions/commands/storing.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { drawnFor, drawRaters } from '#shared/domain/rater-drawing.ts';
import { mayBeAsked } from '#shared/domain/raters.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/**
 * Draws as many raters as the round file wants for each application that was admitted, all at once, and records how; then asks them. Who is there
 * stays, so the step may be repeated at any point and goes on after a crash with the raters that were drawn. Where too few may be asked the
 * place stays open: the secretary sees it and what binds, and no proposal can be drawn up until it is filled.
 */
export const assignRaters = async (deps: Deps, roundId: RoundId): Promise<Progress> => {
  const found = await deps.records.find(roundAggregate, roundId);
  const round = found && inScoring(found);
  if (!round) return 'elsewhere';
  const committee = await deps.records.find(committeeAggregate, roundId);
  if (!committee) return 'done';
  const file = await roundFileOf(deps.records, round.state.plan);
  const place = await withRaters(deps, { round: round.state, committee: committee.state, file });
  const { scored, turn } = await givenIn(deps.records, place);
  const recorded = await recordDrawing(deps, { round, committee, place, scored });
  if (!recorded) return 'more';
  const drawn = await drawnIn(deps, { ...place, round: recorded.state }, scored);
  const changes = fillings(scored, place, { now: deps.clock.now(), drawn });
  const requires = [
    { aggregate: 'round', id: roundId, version: recorded.version },
    { aggregate: 'committee', id: roundId, version: committee.version },
  ] as const;
  const gate = await gateOfRound(deps.records, round.state);
  const told = gate?.state.status === 'open' ? { roundId, gate: gate.state.id } : undefined;
  const done = await storeAll(deps, workflow, changes, { requires, turn, gate: told });
  return done ? 'done' : 'more';
};

type Scoring = Versioned<RoundIn<'scoring'>>;

const inScoring = ({ state, ...rest }: Versioned<Round>): Scoring | undefined =>
  state.stage === 'scoring' ? { ...rest, state } : undefined;

type Drawing = {
  round: Scoring;
  committee: Versioned<Committee>;
  place: ScoringPlace;
  scored: readonly Versioned<Candidacy>[];
};

/** The round with a drawing for the decision that was made, once there is one; undefined where somebody else stored first. */
const recordDrawing = async (
  deps: Deps,
  { round, committee, place, scored }: Drawing,
): Promise<Scoring | undefined> => {
  const decision = screeningOf(round.state);
  if (round.state.raters?.decision === decision) return round;
  const drawing = drawRaters(
    scored.map(({ state }) => ratedIn(place, state)),
    planOf(place),
  );
  if (!drawing) return round;
  const { sha256, text, anchors, chance } = drawing;
  const at = deps.clock.now();
  const more = { ...(anchors && { anchors }), ...(chance && { chance }) };
  const event = { type: 'raters-drawn', at, decision, drawing: sha256, ...more } as const;
  const { change, after } = changed(roundAggregate, round.id, round, [event]);
  const stored = await store(deps, {
    by: workflow,
    changes: [change],
    requires: [{ aggregate: 'committee', id: round.id, version: committee.version }],
    blobs: [{ sha256, text }],
  });
  return stored.ok ? inScoring(after) : undefined;
};

/** Raters that were drawn and are not asked yet; nobody who may not be asked any more. */
const drawnIn = async (
  { records }: Pick<Deps, 'records'>,
  place: ScoringPlace,
  scored: readonly Versioned<Candidacy>[],
): Promise<DrawnRaters> => {
  const { raters } = place.round;
  if (!raters) return new Map();
  const plan = planOf(place);
  const drawn = drawnFor(
    await raterDrawingOf(records, raters.drawing),
    scored.map(({ state }) => ratedIn(place, state)),
  );
  return new Map(
    [...drawn].map(([id, asked]) => [id, asked.filter((rater) => mayBeAsked(plan, rater, id))] as const),
  );
};
