import { type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { type Owed, promisedTo } from '#functions/commands/promised-entry.ts';
import { scannedIn } from '#functions/commands/scanned.ts';
import {
  applicationsIn,
  type CandidacyChange,
  candidaciesIn,
  eachOf,
  inCommits,
  readCandidacies,
  readForm,
  storeCandidacies,
} from '#functions/commands/selection.ts';
import { type ApplicationIn, isGone, receivedIn } from '#shared/domain/application.ts';
import type { ApplicationForm } from '#shared/domain/application-form.ts';
import { askedDocuments } from '#shared/domain/application-form-asked.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { blindFactsOf, screen } from '#shared/domain/screening.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';

/** How far a step has come: all is done, some is left for another go, or the round is in another stage. */
export type Progress = 'done' | 'more' | 'elsewhere';

type Submitted = Versioned<ApplicationIn<'submitted'>>;
/** What is read of every form, since any two may name the same person. */
type Read = { application: Submitted; form: ApplicationForm | undefined };

/** Candidacies opened in one go: a few seconds, whatever the round's size. */
const perGo = 1000;

/** Forms read at once. */
const width = 64;

/**
 * Opens a candidacy for each submitted application that has none, a thousand at a time. Whatever was opened before is
 * left as it is, so the step may be repeated, and go on after a crash, at any point.
 */
export const prepareScreening = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  roundId: RoundId,
  by: Actor = workflow,
): Promise<Progress> => {
  const round = await deps.records.find(roundAggregate, roundId);
  if (round?.state.stage !== 'screening') return 'elsewhere';
  const submitted = await submittedIn(deps.records, roundId);
  const waiting = await unopened(deps.records, roundId, submitted);
  if (waiting.length === 0) return 'done';

  const file = await roundFileOf(deps.records, round.state.plan);
  const read = await eachOf(submitted, width, (application) => withForm(deps.records, application));
  const among = sharers(read);
  const now = deps.clock.now();
  const next = new Set(waiting.slice(0, perGo).map(({ id }) => id));
  const vacancies = await vacanciesOf(deps.records, round.state.register.sha256);
  const at = { roundId, closesAt: round.state.closesAt, zone: file.timeZone, vacancies };
  const due = read.filter(({ application }) => next.has(application.id));
  const openings = await eachOf(due, width, async (one) => {
    const { id: applicationId, personId, choices } = one.application.state;
    const owed = await promisedTo(deps.records, personId, { ...at, applicationId, choices });
    return opening(one, { file, among, owed, now });
  });
  let complete = waiting.length <= perGo;
  for (const batch of inCommits(openings)) {
    const stands = [{ aggregate: 'round', id: roundId, version: round.version }] as const;
    const stored = await storeCandidacies(deps, by, batch, { requires: stands });
    // A withdrawal or another execution came between: the next go reads what now stands.
    if (!stored.ok) complete = false;
  }
  return complete ? 'done' : 'more';
};

/** Submitted applications for which no candidacy was opened yet. */
export const unscreened = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<number> =>
  (await unopened(records, roundId, await submittedIn(records, roundId))).length;

/** Who takes part in the selection now, by the applications themselves: submitted and not withdrawn. */
const takingPart = async (
  records: Pick<Records, 'list'>,
  roundId: RoundId,
): Promise<ReadonlySet<ApplicationId>> =>
  new Set((await submittedIn(records, roundId)).map(({ state }) => state.id));

/**
 * Every candidacy as it stands now, and who takes part: lists say who there may be, the records how they stand.
 * @param file without it, what waits for the scanner is what the candidacies themselves note
 */
export const screenedNow = async (
  records: Pick<Records, 'list' | 'find'>,
  roundId: RoundId,
  file: RoundFile | undefined,
): Promise<{ screened: Candidacy[]; part: ReadonlySet<ApplicationId> }> => {
  const part = await takingPart(records, roundId);
  const listed = (await candidaciesIn(records, roundId)).map(({ state }) => state.applicationId);
  const read = await readCandidacies(records, [...new Set([...listed, ...part])]);
  const noted = read.map(({ state }) => state);
  return { screened: file ? await scannedIn(records, file, noted) : noted, part };
};

const submittedIn = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Submitted[]> =>
  (await applicationsIn(records, roundId)).flatMap(({ state, ...rest }) =>
    state.stage === 'submitted' ? [{ ...rest, state }] : [],
  );

const unopened = async (
  records: Pick<Records, 'list'>,
  roundId: RoundId,
  submitted: readonly Submitted[],
): Promise<Submitted[]> => {
  const opened = new Set((await candidaciesIn(records, roundId)).map(({ id }) => id));
  return submitted.filter(({ id }) => !opened.has(id));
};

const withForm = async (records: Pick<Records, 'document'>, application: Submitted): Promise<Read> => ({
  application,
  form: await readForm(records, application.state.form),
});

/**
 * Application numbers by IIN, or by the document of somebody without one. It lives only while the step runs: no IIN and no
 * digest of one is stored or logged.
 */
const sharers = (read: readonly Read[]): ReadonlyMap<string, ApplicationNumber[]> => {
  const numbers = new Map<string, ApplicationNumber[]>();
  for (const { application, form } of read) {
    if (!form) continue;
    const { number } = application.state;
    const who = identityOf(form);
    if (who !== undefined) numbers.set(who, [...(numbers.get(who) ?? []), number]);
  }
  return numbers;
};

/** What tells one person from another in the forms of a round; a document's number however it is spaced. */
const identityOf = ({ iin, documentNumber }: ApplicationForm): string | undefined =>
  iin ?? documentNumber?.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** An erased form answers nothing, so every rule is unknown and a person decides. */
const opening = (
  { application: { id, state, version }, form }: Read,
  {
    file,
    among,
    owed: { promised, ...kept },
    now,
  }: {
    file: RoundFile;
    among: ReadonlyMap<string, ApplicationNumber[]>;
    owed: Owed;
    now: Instant;
  },
): CandidacyChange => {
  const { roundId, number, choices } = state;
  const facts = form ? blindFactsOf(form, choices) : { subjects: [], languages: [], choices };
  const there = receivedIn(state).filter((document) => !isGone(document));
  const received = new Set(there.flatMap(({ requirement, held }) => (held ? [] : [requirement])));
  const held = there.flatMap(({ requirement, id: document }) =>
    received.has(requirement) ? [] : [{ requirement, document }],
  );
  const sameIin = ((form && among.get(identityOf(form) ?? '')) ?? [])
    .filter((other) => other !== number)
    .toSorted();
  const screened = screen(
    facts,
    { received, held, sameIin, promised },
    { eligibility: file.eligibility, documents: askedDocuments(file, form ?? {}) },
  );
  return {
    id: state.id,
    before: undefined,
    events: [
      { type: 'candidacy-opened', at: now, applicationId: state.id, roundId, number, facts, screened },
    ],
    requires: [{ aggregate: 'application', id, version }],
    ...kept,
  };
};
