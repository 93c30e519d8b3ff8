import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { type TypedOriginal, typedOriginal } from '#functions/commands/redaction-originals.ts';
import { type RedactionPlace, redactionPlace } from '#functions/commands/redaction-place.ts';
import { copyText } from '#functions/commands/redaction-texts.ts';
import { applicationsIn, candidaciesIn, goingOn, referencesShown } from '#functions/commands/selection.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { SubmittedFile } from '#shared/domain/application.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { type Copy, redactionAggregate, redactionsOf } from '#shared/domain/redaction.ts';
import {
  type CopyStanding,
  copyStanding,
  type Original,
  originalsOf,
  uploadsFor,
} from '#shared/domain/redaction-decisions.ts';
import { type Found, findIdentities } from '#shared/domain/redaction-proposal.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { verdictOf } from '#shared/domain/screening.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records'>;

/** How far the copies of one application are. */
export type RedactionRow = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  wanted: number;
  released: number;
  withheld: number;
  /** Taken back, or made from an original that is no longer in force. */
  again: number;
  /** Still to be released or withheld, those of `again` among them. */
  open: number;
};

export type RedactionOverview = {
  round: Round;
  file: RoundFile;
  rows: RedactionRow[];
  /** Of the rows: applications of which nothing is open. */
  ready: number;
  /** Copies, over all rows. */
  totals: Omit<RedactionRow, 'applicationId' | 'number'>;
  /** Not among the rows: applications that a conflict of interest closes to the reader and whose copies are open, and how many those are. */
  closed: { applications: number; open: number };
};

/** What is missing before raters see copies of everything, for the applications that scoring is about. */
export const redactionOverview = async (
  { records, clock }: Reads & Pick<CommandDeps, 'clock'>,
  command: CommitteeCommand,
): Promise<Result<RedactionOverview, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'redaction.keep');
  if (!found.ok) return found;
  const { by, round, file, committee } = found.value;
  const { roundId } = command;
  const [candidacies, applications, redactions] = await Promise.all([
    candidaciesAt({ records }, found.value),
    applicationsIn(records, roundId),
    everyOf(records, redactionAggregate, redactionsOf(roundId)),
  ]);
  const referencesOf = await referencesShown(records, file, candidacies);
  const applicationOf = new Map(applications.map(({ state }) => [state.id, state]));
  const redactionOf = new Map(redactions.map(({ state }) => [state.applicationId, state]));
  const all = candidacies.map((candidacy) => {
    const { applicationId, number } = candidacy;
    const application = applicationOf.get(applicationId);
    const originals = originalsOf(file, candidacy, application, referencesOf.get(applicationId));
    const copies = redactionOf.get(applicationId)?.copies ?? {};
    const standings = originals.map((one) => copyStanding(copies[one.item], one));
    return rowOf({ applicationId, number }, standings);
  });
  const isClosed = ({ applicationId }: RedactionRow) => inConflict(committee?.state, by.id, applicationId);
  const rows = all.filter((row) => !isClosed(row));
  const closed = all.filter((row) => isClosed(row) && row.open > 0);
  return ok({
    round: round.state,
    file,
    rows,
    ready: rows.filter(({ open }) => open === 0).length,
    totals: {
      wanted: sum(rows, 'wanted'),
      released: sum(rows, 'released'),
      withheld: sum(rows, 'withheld'),
      again: sum(rows, 'again'),
      open: sum(rows, 'open'),
    },
    closed: { applications: closed.length, open: sum(closed, 'open') },
  });
};

/** Who is scored, or may come to be: neither withdrawn nor refused. */
const candidaciesAt = async (
  { records }: { records: Pick<Records, 'list' | 'blob'> },
  { round }: Workplace,
): Promise<Candidacy[]> => {
  const all = (await candidaciesIn(records, round.state.id)).map(({ state }) => state);
  const staying = all.filter(({ withdrawnAt }) => withdrawnAt === undefined);
  if (round.state.stage !== 'scoring') return staying.filter((one) => verdictOf(one) !== 'refused');
  const admitted = await goingOn(records, round.state, 'screening');
  return staying.filter(({ applicationId }) => admitted.has(applicationId));
};

type Counts = RedactionOverview['totals'];

const rowOf = (
  of: Pick<RedactionRow, 'applicationId' | 'number'>,
  standings: readonly CopyStanding[],
): RedactionRow => {
  const count = (...those: readonly CopyStanding[]): number =>
    standings.filter((one) => those.includes(one)).length;
  return {
    ...of,
    wanted: standings.length,
    released: count('released'),
    withheld: count('withheld'),
    again: count('taken-back', 'stale'),
    open: count('missing', 'taken-back', 'stale'),
  };
};

const sum = (rows: readonly RedactionRow[], of: keyof Counts): number =>
  rows.reduce((all, row) => all + row[of], 0);

/** One original beside its copy, for the secretary. */
export type ItemView = Original & {
  standing: CopyStanding;
  /** When it was last released, withheld or taken back. */
  at: Instant | undefined;
  /** Why it is withheld. */
  reason: string | undefined;
  /** Of a text: as it was typed, what of it seems to tell who it was, and the copy that was released last. */
  text: { original: string; found: Found[]; copy: string | undefined; whole: boolean } | undefined;
  /** Of a file: the redacted one that was released, and else the last that arrived; and what became of one sent since. */
  file: { sent: Sent | undefined; since: ReturnType<typeof uploadsFor>['since'] } | undefined;
};

export type RedactionView = {
  round: Round;
  file: RoundFile;
  applicationId: ApplicationId;
  number: ApplicationNumber;
  items: ItemView[];
};

/**
 * Everything of one application that raters are to see a copy of, the originals beside the copies. The reading is logged before
 * it is answered (law 94-V, art. 22).
 */
export const readRedaction = async (
  { records, readLog, clock }: Reads & Pick<CommandDeps, 'readLog' | 'clock'>,
  command: CandidacyCommand,
): Promise<Result<RedactionView, Refusal>> => {
  const found = await redactionPlace({ records, clock }, command, 'redaction.keep');
  if (!found.ok) return found;
  const { by, place, candidacy, application, originals } = found.value;
  const { applicationId } = command;
  if (application.state.stage !== 'submitted') return refuse({ kind: 'not-found', what: 'document' });
  await readLog.add({ reader: by, owner: `application#${applicationId}`, what: 'form', at: clock.now() });
  const items = await Promise.all(originals.map((one) => itemView({ records }, found.value, one)));
  const { number } = candidacy;
  return ok({ round: place.round.state, file: place.file, applicationId, number, items });
};

const itemView = async (
  { records }: { records: Pick<Records, 'document'> },
  place: RedactionPlace,
  one: Original,
): Promise<ItemView> => {
  const { redaction } = place;
  const copy = redaction?.state.copies[one.item];
  const { uploads } = redaction?.state ?? { uploads: [] };
  return {
    ...one,
    standing: copyStanding(copy, one),
    at: copy?.at,
    reason: copy?.status === 'withheld' ? await reasonText(records, copy.reason) : undefined,
    text:
      one.kind === 'file'
        ? undefined
        : await textView({ records }, copy, await typedOriginal({ records }, place, one)),
    file: one.kind === 'file' ? fileView(uploadsFor({ uploads }, one.item), copy) : undefined,
  };
};

type Sent = Pick<SubmittedFile, 'id' | 'bytes'>;

/** What came after a release does not take the place of what raters see. */
const fileView = (
  { arrived, since }: ReturnType<typeof uploadsFor>,
  copy: Copy | undefined,
): NonNullable<ItemView['file']> => ({
  sent: copy?.status === 'file-released' ? copy.file : arrived,
  since,
});

const textView = async (
  { records }: { records: Pick<Records, 'document'> },
  copy: Copy | undefined,
  typed: TypedOriginal | undefined,
): Promise<NonNullable<ItemView['text']>> => {
  const original = typed?.text ?? '';
  const last = lastTextOf(copy);
  return {
    original,
    found: findIdentities(original, ...(typed?.identities ?? [])),
    copy: last && (await copyText(records, last)),
    whole: copy?.status === 'text-released' && copy.whole === true,
  };
};

const lastTextOf = (copy: Copy | undefined): DocumentRef | undefined => {
  if (copy?.status === 'text-released') return copy.copy;
  return copy?.status === 'taken-back' ? copy.last : undefined;
};
