import { type ApplicationCommand, ownApplication, roundOf } from '#functions/commands/application-reading.ts';
import { withdrawing } from '#functions/commands/application-withdrawal.ts';
import { type Applicant, actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { workingCalendar } from '#functions/commands/region-calendar.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { withdraw, withdrawConsentTo } from '#shared/domain/application-decisions.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import {
  type DataRequest,
  dataRequestAggregate,
  dataRequestsOf,
  fileRequest,
  onlyDataRequest,
  requestDueAt,
} from '#shared/domain/data-request.ts';
import { type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { DataRequestId, type PersonId } from '#shared/domain/ids.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { heldFor } from '#shared/domain/retention-hold.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { rolesOf, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<DataRequest>, Refusal>>;
type Attempt = Promise<Result<Versioned<DataRequest>, Refusal | LostRace>>;

/** Where no round names a zone. */
const homeZone = 'Asia/Almaty';

/** Characters of a correction or an answer. */
export const maxRequestText = 2000;

/** The own requests, newest first. */
export const myDataRequests = async (
  { records }: Pick<CommandDeps, 'records'>,
  { personId }: Applicant,
): Promise<DataRequest[]> => {
  const index = { index: 'owner', newestFirst: true } as const;
  const found = await everyOf(records, dataRequestAggregate, dataRequestsOf(personId), index);
  return found.map(({ state }) => state);
};

/**
 * Asks for a correction of what was submitted, which only staff can note: what was submitted stays as it was, and the correction
 * lies beside it. `invalid` at `text` where nothing or too much was typed, or another correction is still unanswered.
 */
export const askCorrection = (deps: Deps, command: ApplicationCommand & { text: string }): Answer =>
  filing(deps, command.by, 'correction-asked', async () => {
    const own = await ownApplication(deps, command);
    if (!own.ok) return own;
    const text = command.text.trim();
    const fault = text === '' ? 'rights.correct.needed' : 'problems.reason-long';
    if (text === '' || text.length > maxRequestText) {
      const faults = [{ place: 'text', message: fault, facts: { maximum: maxRequestText } }];
      return refuse({ kind: 'invalid', faults });
    }
    return ok({ kind: 'correction', applicationId: own.value.state.id, text });
  });

/**
 * Withdraws the consent to processing. Where the application is still in a selection it is withdrawn in the same transaction,
 * and from then on nobody reads what was typed; staff confirm that processing has stopped.
 */
export const withdrawConsent = (deps: Deps, command: ApplicationCommand): Answer =>
  filing(deps, command.by, 'consent-withdrawn', async (now) => {
    const own = await ownApplication(deps, command);
    if (!own.ok) return own;
    const { state: application } = own.value;
    const { id: applicationId } = application;
    const { round } = await roundOf(deps, application);
    const kind = 'consent-withdrawal';
    const facts = { number: application.number };
    const place = { found: own.value, round: round.state };
    const withdrawn = await withdrawing(deps, place, (at) => {
      const decision = withdraw(application, round.state, 'consent', at);
      return decision.ok && decision.value.length > 0
        ? ok([...decision.value, ...withdrawConsentTo(application, at)])
        : decision;
    });
    if (!withdrawn.ok && withdrawn.error.kind === 'lost-race') return withdrawn;
    // Withdrawn before, or a round that has ended: nothing to withdraw from, and the consent is withdrawn all the same.
    if (!withdrawn.ok || withdrawn.value.changes.length === 0) {
      const noted = withdrawConsentTo(application, now);
      const changes =
        noted.length > 0 ? [changed(applicationAggregate, applicationId, own.value, noted).change] : [];
      return ok({ kind, applicationId, facts, beside: { ...nothingBeside, changes } });
    }
    const { after: _, ...beside } = withdrawn.value;
    return ok({ kind, applicationId, facts, beside });
  });

/** Asks that the account and everything of it be erased. `not-erasable` says what must end before. */
export const askErasure = (deps: Deps, { by }: { by: Applicant }): Answer =>
  filing(deps, by, 'erasure-asked', async () => {
    const hindrance = await hindranceOf(deps, by.personId);
    return hindrance ? refuse(hindrance) : ok({ kind: 'erasure' });
  });

/** An erasure that staff granted, and that something keeps at its time, is a request to them again, with a clock of its own. */
export const reopenErasure = async (deps: Deps, personId: PersonId): Promise<void> => {
  const filed = await filing(deps, { personId }, 'erasure-asked', async () => ok({ kind: 'erasure' }));
  if (!filed.ok) throw new Error(`An erasure could not be opened anew: ${filed.error.kind}.`);
};

/**
 * What keeps an account from being erased now: an open selection, a post that is being taken up, a role on the staff, and a dispute, a
 * court or an audit for which somebody holds an application.
 */
export const hindranceOf = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  personId: PersonId,
): Promise<Extract<Refusal, { kind: 'not-erasable' }> | undefined> => {
  const staff = await records.find(staffAggregate, staffId);
  if (rolesOf(staff?.state, personId).length > 0) return { kind: 'not-erasable', because: 'on-staff' };
  for (const { id } of await everyOf(records, applicationAggregate, ownedBy(personId), { index: 'owner' })) {
    // By its id: the list may not know yet of who holds it.
    const state = (await records.find(applicationAggregate, id))?.state;
    if (!state) continue;
    const [held] = heldFor(state, clock.now());
    const because = held ? 'held' : await keptBy(records, state);
    const { id: applicationId, number } = state;
    if (because) return { kind: 'not-erasable', because, application: { id: applicationId, number } };
  }
  return undefined;
};

/** Why one application must still be held; undefined where it may be erased. */
const keptBy = async (
  records: Pick<Records, 'find'>,
  application: Application,
): Promise<'under-selection' | 'placed' | undefined> => {
  const candidacy = await records.find(candidacyAggregate, application.id);
  const placementId = candidacy && acceptedOffer(candidacy.state)?.placementId;
  const placement = placementId && (await records.find(placementAggregate, placementId));
  if (placement && placement.state.status === 'open') return 'placed';
  if (application.stage !== 'submitted') return undefined;
  const round = await records.find(roundAggregate, application.roundId);
  const ended = round?.state.stage === 'closed' || round?.state.stage === 'cancelled';
  return ended ? undefined : 'under-selection';
};

type Asked = Pick<DataRequest, 'kind' | 'applicationId'> & {
  text?: string;
  facts?: Record<string, string>;
  beside?: Required<Pick<Commit, 'changes' | 'claims' | 'releases' | 'outbox'>>;
};

const nothingBeside = { changes: [], claims: [], releases: [], outbox: [] };

/** Files what was decided, with its clock, its letter and a claim that makes two presses one. */
const filing = (
  deps: Deps,
  by: Applicant,
  template: LetterTemplate,
  decide: (now: Instant) => Promise<Result<Asked, Refusal | LostRace>>,
): Answer =>
  decideAgain(async (): Attempt => {
    const now = deps.clock.now();
    const asked = await decide(now);
    if (!asked.ok) return asked;
    const { kind, applicationId, text, facts, beside = nothingBeside } = asked.value;
    const { personId } = by;
    const about = { personId, kind, ...(applicationId && { applicationId }) };
    const assisted = by.assistant !== undefined && { assisted: true as const };
    const claim = onlyDataRequest(about);
    const standing = await deps.records.claimed(claim);
    const open = standing && (await deps.records.find(dataRequestAggregate, standing));
    if (open) return await sameAgain(deps, open, text);
    const id = DataRequestId.parse(deps.chance.id());
    const document = text === undefined ? undefined : typedText(deps, id, text, 1);
    const plan = { timeZone: homeZone, calendar: await workingCalendar(deps.records) };
    const dueAt = requestDueAt(kind, plan, now);
    const request = { ...about, ...assisted, id, dueAt, ...(document && { text: document.ref }) };
    const { change, after } = changed(dataRequestAggregate, id, undefined, fileRequest(request, now));
    const letter = letterTo(personId, { template, cause: id, now }, { filedAt: now, dueAt, ...facts });
    const stored = await store(deps, {
      by: actorOf(by),
      changes: [change, ...beside.changes],
      claims: [{ key: claim, value: id }, ...beside.claims],
      releases: beside.releases,
      documents: document ? [document] : [],
      outbox: [letter, ...beside.outbox],
    });
    return stored.ok ? ok(after) : stored;
  }, triesInTurn);

/** What is open stands for the same press again. Another text is not taken for it: it would be lost unseen. */
const sameAgain = async (
  { records }: Deps,
  open: Versioned<DataRequest>,
  text: string | undefined,
): Answer =>
  text === undefined || text === (await reasonText(records, open.state.text))
    ? ok(open)
    : refuse({ kind: 'invalid', faults: [{ place: 'text', message: 'rights.correct.open' }] });

/** What somebody typed into a request or its answer. */
export const typedText = (
  { chance }: Pick<Deps, 'chance'>,
  id: DataRequestId,
  reason: string,
  version: 1 | 2,
): DocumentWrite =>
  writeDocument({ owner: `data-request#${id}`, kind: 'reason', version }, { reason }, chance.token(16));

export const letterTo = (
  personId: PersonId,
  { template, cause, now }: { template: LetterTemplate; cause: string; now: Instant },
  facts: Record<string, string>,
): OutboxMessage => ({
  id: `${template}#${cause}`,
  at: now,
  body: { kind: 'letter', template, personId, facts: { zone: homeZone, ...facts } },
});
