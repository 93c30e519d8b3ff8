import { equalityAnswers } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { asCommittee, partInRound } from '#functions/commands/part-in-round.ts';
import { figuresOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { allPlacements } from '#functions/commands/placement-list.ts';
import { applicationsIn, eachOf, readForm } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { seatOf } from '#shared/domain/committee.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import type { FiguresKind } from '#shared/domain/round.ts';
import {
  basisIn,
  countEquality,
  countHouseholds,
  drawFigures,
  type Resident,
  type RoundFigures,
} from '#shared/domain/round-figures.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Command = CommitteeCommand & { kind: FiguresKind };

/** Figures of a round as they were drawn up, or that they were not yet. */
export type FiguresView = { place: Workplace; drawn: { at: Instant; figures: RoundFigures } | undefined };

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

export const figuresAction = { household: 'household.count', equality: 'equality.count' } as const;

export const viewFigures = async (
  { records, clock }: Reads,
  command: Command,
): Promise<Result<FiguresView, Refusal>> => {
  const found = await figuresPlace({ records, clock }, command);
  if (!found.ok) return found;
  const place = found.value;
  const known = place.round.state.figures?.[command.kind];
  if (!known) return ok({ place, drawn: undefined });
  return ok({ place, drawn: { at: known.drawnAt, figures: await figuresOf(records, known.data) } });
};

/**
 * Counts what stands now, and keeps of it only what may be shown. Once a round: the same figures of another day could differ by one
 * person. A second time answers what was drawn up first.
 */
export const drawRoundFigures = (deps: Deps, command: Command): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await figuresPlace(deps, command);
    if (!found.ok) return found;
    const { by, round } = found.value;
    if (round.state.figures?.[command.kind]) return ok(undefined);
    const text = canonicalJson(await counted(deps, found.value, command.kind));
    const data = sha256Of(text);
    const events = drawFigures(round.state, { kind: command.kind, data }, deps.clock.now());
    const { change } = changed(roundAggregate, round.id, round, events);
    return await store(deps, { by, changes: [change], blobs: [{ sha256: data, text }] });
  });

/** Whoever sits or has sat on the committee is told nothing about equality, whatever else they are. */
const figuresPlace = async (
  { records, clock }: Reads,
  { kind, ...command }: Command,
): Promise<Result<Workplace, Refusal>> => {
  const found = await workplace({ records, clock }, command, figuresAction[kind]);
  if (!found.ok || kind === 'household') return found;
  const part = await records.claimed(partInRound(command.roundId, command.by.id));
  const sits = seatOf(found.value.committee?.state, command.by.id) !== undefined;
  return sits || part === asCommittee ? refuse({ kind: 'not-allowed' }) : found;
};

const counted = async (deps: Reads, place: Workplace, kind: FiguresKind): Promise<RoundFigures> => {
  const asked = new Set(place.file.questions.map(({ code }) => code));
  if (kind === 'household') {
    const basis = basisIn(place.round.state.stage);
    return countHouseholds(await residentsBy[basis](deps, place), { basis, asked });
  }
  const everyone = await submittedIn(deps, place);
  const given = await eachOf(everyone, readsAtOnce, (one) => equalityAnswers(deps.records, one));
  return countEquality(given, asked);
};

type Submitted = ApplicationIn<'submitted'>;

/** Everybody whose application stands and may be processed. The list may lag: each is read again by id. */
const submittedIn = async ({ records }: Reads, { round }: Workplace): Promise<Submitted[]> => {
  const begun = await applicationsIn(records, round.state.id);
  const known = begun.filter(({ state }) => state.stage !== 'draft').map(({ id }) => id);
  return (await eachOf(known, readsAtOnce, (id) => standing({ records }, id))).flat();
};

const standing = async ({ records }: Pick<CommandDeps, 'records'>, id: string): Promise<Submitted[]> => {
  const state = (await records.find(applicationAggregate, id))?.state;
  return state?.stage === 'submitted' && !endsProcessing(state) ? [state] : [];
};

type Wanted = { application: Submitted; vacancy: VacancyCode | undefined };

const residentsBy = {
  'first-choice': async (deps: Reads, place: Workplace): Promise<Resident[]> => {
    const everyone = await submittedIn(deps, place);
    const wanted = everyone.map((application) => ({ application, vacancy: application.choices[0] }));
    return await residents(deps, place, wanted);
  },
  post: async (deps: Reads, place: Workplace): Promise<Resident[]> => {
    const placements = await allPlacements(deps.records, place.round.state.id);
    const coming = placements.flatMap(({ state }) => (state.status === 'closed' ? [] : [state]));
    const wanted = await eachOf(coming, readsAtOnce, async ({ applicationId, vacancy }) =>
      (await standing(deps, applicationId)).map((application) => ({ application, vacancy })),
    );
    return await residents(deps, place, wanted.flat());
  },
};

const residents = async (
  { records }: Reads,
  { round }: Workplace,
  wanted: readonly Wanted[],
): Promise<Resident[]> => {
  const register = round.state.register ? await vacanciesOf(records, round.state.register.sha256) : [];
  const districts = new Map(register.map(({ code, district }) => [code, district]));
  const read = await eachOf(wanted, readsAtOnce, async ({ application, vacancy }) => {
    const form = await readForm(records, application.form);
    return form ? [{ district: vacancy && districts.get(vacancy), form }] : [];
  });
  return read.flat();
};
