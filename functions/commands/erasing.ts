import { equalityOwnerOf, ownerOf } from '#functions/commands/application-sections.ts';
import { hindranceOf, reopenErasure } from '#functions/commands/data-requests.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { promisesOf } from '#functions/commands/promised-entry.ts';
import { redactionOwner } from '#functions/commands/redaction-texts.ts';
import { retentionOver } from '#functions/commands/retention-holds.ts';
import { forgetSlices } from '#functions/commands/slice-joining.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { UploadEvent } from '#shared/domain/application.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { onlyClaim } from '#shared/domain/claim.ts';
import { type DataRequest, dataRequestAggregate, dataRequestsOf } from '#shared/domain/data-request.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Actor, StoredEvent } from '#shared/domain/event.ts';
import type { ApplicationId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Erasure } from '#shared/domain/outbox.ts';
import { erasePerson, personAggregate } from '#shared/domain/person.ts';
import type { Refusal } from '#shared/errors.ts';
import type { ErasureList, PersonsEraser } from '#shared/ports/erasure.ts';
import { fileAreas, fileKey, redactedFiles, requestFiles } from '#shared/ports/files.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

export type ErasingDeps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'> & {
  files: Pick<CommandDeps['files'], 'list' | 'remove'>;
  eraser: PersonsEraser;
  erasures: ErasureList;
};

const by: Actor = { kind: 'system', name: 'outbox' };

/**
 * Erases an account with all its applications, or one application: first noted in the list, then removed, and only then
 * written as an event, so that whatever was cut short is begun again. Repeatable. Events, digests and codes stay, and with
 * an application what was promised to its owner for a later intake, which ends with the account. Where
 * something keeps the account by now, nothing is removed, and the request is open anew; what was begun is finished whatever
 * the tables say, for they may be restored ones.
 */
export const erase = async (deps: ErasingDeps, of: Erasure, because?: 'retention'): Promise<void> => {
  const begun = (await deps.erasures.all()).some(({ kind, id }) => kind === of.kind && id === of.id);
  // What holds it by now, or is not over by this clock, is looked at again by the sweep of another day.
  if (of.kind === 'application' && because && !begun && !(await retentionOver(deps, of.id))) return;
  if (of.kind === 'account' && !begun && (await hindranceOf(deps, of.id))) return reopenErasure(deps, of.id);
  await deps.erasures.add(of);
  if (of.kind === 'application') return eraseApplication(deps, of.id, because);
  const applications = await everyOf(deps.records, applicationAggregate, ownedBy(of.id), { index: 'owner' });
  // First of all, so that nobody who is still signed in types anything new meanwhile.
  await deps.eraser.account(of.id);
  for (const { state } of applications) await eraseApplication(deps, state.id);
  await eraseAccount(deps, of.id);
};

/** Every text that an event of the application, its candidacy, claim, placement or requests names, and every file that was announced. */
const eraseApplication = async (
  deps: ErasingDeps,
  id: ApplicationId,
  because?: 'retention',
): Promise<void> => {
  const { records } = deps;
  const claimId = await records.claimed(onlyClaim(id));
  const offers = (await records.find(candidacyAggregate, id))?.state.offers ?? [];
  const placements = offers.flatMap(({ placementId }) => placementId ?? []);
  const own = await records.history('application', id);
  const candidacy = await records.history('candidacy', id);
  const redaction = await records.history('redaction', id);
  const about = await Promise.all([
    records.history('owed-interview', id),
    claimId === undefined ? [] : records.history('claim', claimId),
    ...placements.map((placementId) => records.history('placement', placementId)),
  ]);
  for (const owner of [ownerOf({ id }), equalityOwnerOf({ id }), redactionOwner(id)])
    await deps.eraser.texts(owner);
  await deps.eraser.documents([own, candidacy, redaction, ...about].flat().flatMap(textsIn));
  for (const documentId of filesIn([...own, ...candidacy])) {
    for (const area of fileAreas) await deps.files.remove(fileKey(area, id, documentId));
  }
  await forgetSlices(deps, id);
  for (const documentId of filesIn(redaction)) {
    for (const area of fileAreas) await deps.files.remove(fileKey(area, redactedFiles(id), documentId));
  }
  await note(deps, async () => {
    const found = await records.find(applicationAggregate, id);
    if (!found || found.state.erasedAt) return undefined;
    const event = { type: 'application-erased', at: deps.clock.now(), ...(because && { because }) } as const;
    return { changes: [changed(applicationAggregate, id, found, [event]).change] };
  });
  // After it, so that of the last two that are erased at once one sees that the other is.
  await eraseRequests(deps, await requestsThatEndWith(deps, id));
};

/**
 * Requests about an application are kept as long as it is, and those about the whole account as long as the last of the person's
 * applications. What is still open is left: something new about it has come.
 */
const requestsThatEndWith = async ({ records }: ErasingDeps, id: ApplicationId): Promise<DataRequest[]> => {
  const application = await records.find(applicationAggregate, id);
  if (!application) return [];
  const { personId } = application.state;
  const all = await everyOf(records, applicationAggregate, ownedBy(personId), { index: 'owner' });
  // The index may lag: what is read again by id is what stands.
  const standing = await Promise.all(all.map((one) => records.find(applicationAggregate, one.id)));
  const isLast = standing.every((one) => one === undefined || one.state.erasedAt !== undefined);
  return (await requestsOf({ records }, personId)).filter(({ applicationId, answered }) => {
    const ends = applicationId === undefined ? isLast : applicationId === id;
    return ends && answered !== undefined;
  });
};

const requestsOf = async ({ records }: Pick<ErasingDeps, 'records'>, id: PersonId): Promise<DataRequest[]> =>
  (await everyOf(records, dataRequestAggregate, dataRequestsOf(id), { index: 'owner' })).map(
    ({ state }) => state,
  );

const eraseRequests = async (deps: ErasingDeps, requests: readonly DataRequest[]): Promise<void> => {
  const histories = await Promise.all(requests.map(({ id }) => deps.records.history('data-request', id)));
  await deps.eraser.documents(histories.flat().flatMap(textsIn));
  for (const { id, papers = [] } of requests) {
    for (const paper of papers) {
      for (const area of fileAreas) await deps.files.remove(fileKey(area, requestFiles(id), paper.id));
    }
  }
};

const eraseAccount = async (deps: ErasingDeps, id: PersonId): Promise<void> => {
  const { records } = deps;
  await eraseRequests(deps, await requestsOf(deps, id));
  await note(deps, async () => {
    const found = await records.find(personAggregate, id);
    const events = found ? erasePerson(found.state, deps.clock.now()) : [];
    if (!found || events.length === 0) return undefined;
    const releases = await promisesOf(records, id);
    return { changes: [changed(personAggregate, id, found, events).change], releases };
  });
};

type Noted = Pick<Commit, 'changes' | 'releases'>;

/** @throws when it loses its race too often: the row is tried again */
const note = async (deps: ErasingDeps, decide: () => Promise<Noted | undefined>): Promise<void> => {
  const noted = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const noting = await decide();
    return noting ? await store(deps, { by, ...noting }) : ok(undefined);
  });
  if (!noted.ok) throw new Error(`An erasure could not be written: ${noted.error.kind}.`);
};

/** References to typed documents, wherever they stand in an event. */
const textsIn = ({ fact }: StoredEvent): DocumentRef[] => refsIn(fact);

const refsIn = (value: unknown): DocumentRef[] => {
  if (typeof value !== 'object' || value === null) return [];
  const ref = DocumentRef.safeParse(value);
  return ref.success ? [ref.data] : Object.values(value).flatMap(refsIn);
};

const inFile: ReadonlySet<string> = new Set(['inquiry-file', 'copy-file']);

/** Every file that was announced, for the application as for an answer to a question of the committee and for a redacted copy. */
const filesIn = (history: readonly StoredEvent[]): DocumentId[] => [
  ...new Set(
    history.flatMap(({ fact }) => {
      const upload = UploadEvent.safeParse(inFile.has(fact.type) ? fact['file'] : fact);
      return upload.data?.type === 'document-announced' ? [upload.data.document] : [];
    }),
  ),
];

/** Whether the record already says so; whoever was restored from before it does not. */
export const isErased = async ({ records }: Pick<CommandDeps, 'records'>, of: Erasure): Promise<boolean> => {
  const found =
    of.kind === 'application'
      ? await records.find(applicationAggregate, of.id)
      : await records.find(personAggregate, of.id);
  return found === undefined || found.state.erasedAt !== undefined;
};
