import { standingListOf } from '#functions/commands/pinned.ts';
import type { OffersGathered } from '#shared/bundle/compose-offers.ts';
import type { NamedEdition } from '#shared/bundle/edition.ts';
import { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { countedEditions, type ResultsEdition } from '#shared/domain/edition.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import { exchangedIn } from '#shared/domain/exchange.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { goOnBy } from '#shared/domain/offer-order.ts';
import { promisedFirsts } from '#shared/domain/promised-first.ts';
import { placeRemedies } from '#shared/domain/remedy.ts';
import { editionPublished } from '#shared/domain/results-publication.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type FinalRound, isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Records } from '#shared/ports/records.ts';
import { type Drawn, eventsRead, stateRead } from '#shared/replay/drawn.ts';

/** What was decided about posts and results of a round until its offers ended. */
export type RoundUntil = Pick<FinalRound, 'capacities' | 'exchange' | 'remedies' | 'editions'>;

export const roundUntil = (history: readonly StoredEvent[], drawn: Drawn): RoundUntil => {
  const read = stateRead(roundAggregate, history, drawn);
  return read && isFinal(read) ? read : {};
};

/** The edition whose order the offers went by in the end; undefined where it was the first results'. */
export const basisOf = (until: RoundUntil): ResultsEdition | undefined => countedEditions(until).at(-1);

/** What every edition is named by that was there when the offers ended, which is published by then; undefined where none was. */
export const editionsNamed = (
  round: FinalRound,
  { editions = [] }: RoundUntil,
): readonly NamedEdition[] | undefined => {
  if (editions.length === 0) return undefined;
  return [1, ...editions.map(({ number }) => number)].map((number) => {
    const file = editionPublished(round, number);
    if (!file) throw new Error(`Edition ${number} of ${round.id} is not published.`);
    return { number, root: file.root, bundle: file.bundle };
  });
};

type Given = {
  records: Pick<Records, 'blob'>;
  round: FinalRound;
  until: RoundUntil;
  /** When the offers were found at their end. */
  drawn: Drawn;
  file: Pick<RoundFile, 'posts'>;
  vacancies: readonly Vacancy[];
  histories: ReadonlyMap<ApplicationId, readonly StoredEvent[]>;
};

/** Everything that the published offers follow from: first who went on by the first results, then who came in by each edition. */
export const gatherOffers = async (given: Given): Promise<OffersGathered> => {
  const { records, round, until, drawn, file, vacancies, histories } = given;
  const listOf = async (decision: ResultsEdition['decision']) =>
    goOnBy((await standingListOf(records, decision)).standings);
  const first = round.decisions.claims ? await listOf(round.decisions.claims) : [];
  const from = new Map<ApplicationId, number>(first.map((id) => [id, 1]));
  const rerankings: NonNullable<OffersGathered['rerankings']>[number][] = [];
  for (const { number, decision, correctedAt: at, turn } of countedEditions(until)) {
    const order = await listOf(decision);
    for (const id of order) if (!from.has(id)) from.set(id, number);
    rerankings.push({ edition: number, at, turn, order });
  }
  const contenders = [...from].flatMap(([id, edition]) => {
    const found = contenderAt(histories.get(id) ?? [], drawn);
    return found ? [{ ...found, ...(edition > 1 && { from: edition }) }] : [];
  });
  const capacities = (until.capacities ?? []).flatMap(({ status, ended, vacancy, posts }) =>
    status === 'confirmed' && ended ? { vacancy, posts, at: ended.at, turn: ended.turn } : [],
  );
  const granted = placeRemedies(until).flatMap(({ applicationId, vacancies: some, ended }) =>
    ended ? { applicationId, vacancies: some, at: ended.at, turn: ended.turn } : [],
  );
  const firsts = [...promisedFirsts(contenders.map(({ candidacy }) => candidacy)), ...granted];
  const plan = { ...file.posts, ...exchangedIn(until) };
  const exchangeTurn = until.exchange?.ran?.turn;
  return { contenders, vacancies, plan, capacities, firsts, exchangeTurn, rerankings };
};

/** One contender as the end of the offers found them, with all that happened to them by then. */
const contenderAt = (
  history: readonly StoredEvent[],
  drawn: Drawn,
): OffersGathered['contenders'][number] | undefined => {
  const candidacy = stateRead(candidacyAggregate, history, drawn);
  if (!candidacy) return undefined;
  const events = eventsRead(history, drawn).map(({ fact }) => CandidacyEvent.parse(fact));
  return { candidacy, history: events };
};
