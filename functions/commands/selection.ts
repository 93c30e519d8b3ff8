import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { changed, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { ApplicationForm } from '#shared/domain/application-form.ts';
import { applicationAggregate, applicationsOf } from '#shared/domain/application-record.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidaciesOf, candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { type References, referencesAggregate } from '#shared/domain/reference.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import type { Result } from '#shared/result.ts';

/** Every application that was begun in a round, drafts included. */
export const applicationsIn = (
  records: Pick<Records, 'list'>,
  roundId: RoundId,
): Promise<Versioned<Application>[]> => everyOf(records, applicationAggregate, applicationsOf(roundId));

/** References of these applications, where the round shows raters copies of them; one read for each application. */
export const referencesShown = async (
  records: Pick<Records, 'find'>,
  { blind }: Pick<RoundFile, 'blind'>,
  candidacies: readonly Pick<Candidacy, 'applicationId'>[],
): Promise<ReadonlyMap<ApplicationId, References>> => {
  if (!blind.shown?.references) return new Map();
  const found = await eachOf(candidacies, readsAtOnce, ({ applicationId }) =>
    records.find(referencesAggregate, applicationId),
  );
  return new Map(found.flatMap((one) => (one ? [[one.state.applicationId, one.state] as const] : [])));
};

/** Every candidacy of a round, in the order of application numbers, with the version to decide on. */
export const candidaciesIn = (
  records: Pick<Records, 'list'>,
  roundId: RoundId,
): Promise<Versioned<Candidacy>[]> => everyOf(records, candidacyAggregate, candidaciesOf(roundId));

/**
 * Candidacies by id, each as it stands now, in the order of the ids; one that was never opened is left out. What is decided
 * from them must not depend on a list that may lag behind.
 */
export const readCandidacies = async (
  records: Pick<Records, 'find'>,
  ids: readonly ApplicationId[],
): Promise<Versioned<Candidacy>[]> =>
  (await eachOf(ids, readsAtOnce, (id) => records.find(candidacyAggregate, id))).flatMap(
    (candidacy) => candidacy ?? [],
  );

/** The same for everyone on a decided list, by id. */
export const candidaciesOn = async (
  records: Pick<Records, 'find'>,
  standings: readonly { applicationId: ApplicationId }[],
): Promise<ReadonlyMap<ApplicationId, Candidacy>> => {
  const ids = standings.map(({ applicationId }) => applicationId);
  return new Map((await readCandidacies(records, ids)).map(({ state }) => [state.applicationId, state]));
};

/** Applications that go on from an earlier stage's decision. */
export const goingOn = async (
  records: Pick<Records, 'blob'>,
  round: Parameters<typeof decidedList>[1],
  from: GatedStage,
): Promise<ReadonlySet<ApplicationId>> => {
  const list = await decidedList(records, round, from);
  return new Set(
    (list?.standings ?? []).flatMap(({ applicationId, outcome }) =>
      outcome === 'goes-on' ? [applicationId] : [],
    ),
  );
};

/** A submitted form; undefined once it was erased. */
export const readForm = async (
  records: Pick<Records, 'document'>,
  ref: DocumentRef,
): Promise<ApplicationForm | undefined> => {
  const body = await records.document(ref);
  return body === undefined ? undefined : ApplicationForm.parse(body);
};

/** Does a piece of work for each item, so many at a time. */
export const eachOf = async <Item, Answer>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let start = 0; start < items.length; start += width) {
    answers.push(...(await Promise.all(items.slice(start, start + width).map(work))));
  }
  return answers;
};

/** An event or more for one candidacy; `before` is undefined for one that is opened by them. */
export type CandidacyChange = Pick<Commit, 'claims' | 'releases'> & {
  id: ApplicationId;
  before: Versioned<Candidacy> | undefined;
  events: readonly CandidacyEvent[];
  requires?: NonNullable<Commit['requires']>;
};

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/** One transaction holds 100 items; what a commit requires beside its changes is at most four, a turn that it takes two, and a row of the outbox one. */
const perCommit = 93;

/** Changes in as few commits as they fit into: each costs its snapshot, its events and what it requires. */
export const inCommits = (changes: readonly CandidacyChange[]): CandidacyChange[][] => {
  const commits: CandidacyChange[][] = [];
  let room = 0;
  for (const change of changes) {
    const cost = 1 + change.events.length + besideOf(change);
    const last = commits.at(-1);
    if (last && cost <= room) last.push(change);
    else commits.push([change]);
    room = (last && cost <= room ? room : perCommit) - cost;
  }
  return commits;
};

const besideOf = ({ requires = [], claims = [], releases = [] }: CandidacyChange): number =>
  requires.length + claims.length + releases.length;

/** Stores changes of candidacies in one transaction. */
export const storeCandidacies = (
  deps: Pick<CommandDeps, 'records' | 'nudge'>,
  by: Actor,
  changes: readonly CandidacyChange[],
  {
    requires = [],
    claims = [],
    releases = [],
    ...beside
  }: Pick<Commit, 'requires' | 'claims' | 'releases' | 'outbox'>,
): Promise<Result<void, LostRace>> =>
  store(deps, {
    by,
    changes: changes.map(({ id, before, events }) => changed(candidacyAggregate, id, before, events).change),
    requires: [...requires, ...changes.flatMap((change) => change.requires ?? [])],
    claims: [...claims, ...changes.flatMap((change) => change.claims ?? [])],
    releases: [...releases, ...changes.flatMap((change) => change.releases ?? [])],
    ...beside,
  });
