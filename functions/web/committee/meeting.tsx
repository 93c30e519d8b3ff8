import type { Context } from 'hono';
import * as z from 'zod';
import { callInSubstitute, sendSubstituteBack } from '#functions/commands/committee.ts';
import { openScan } from '#functions/commands/document-opening.ts';
import { enterPaperVotes, recordGateMeeting } from '#functions/commands/gate-work.ts';
import { announceScan, maxScanBytes, scanForm, scanMediaTypes } from '#functions/commands/scans.ts';
import { VoteChoice } from '#shared/domain/gate.ts';
import { DocumentId, GateId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { roundCommand } from '../acting.ts';
import { acceptedText } from '../apply/upload.tsx';
import type { WebDeps } from '../deps.ts';
import { type FieldError, fieldErrors, many, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { formPlace, UploadForm } from '../upload-form.tsx';
import { viewOf } from '../view.ts';
import { done, gatePage } from './round.tsx';

/** Records a meeting that was held, had too few people, or was postponed. */
export const postMeeting = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'gate.record');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const reason = one(typed, 'meetingReason');
  const present = many(typed, 'present').flatMap((id) => PersonId.safeParse(id).data ?? []);
  const postponed = one(typed, 'press') === 'postponed';
  const seen = SeenGate.safeParse({ gate: one(typed, 'gate'), after: one(typed, 'after') });
  if (!seen.success) return await staleMeeting(deps, c, { typed });
  const recorded = await recordGateMeeting(deps, {
    ...command.value,
    ...seen.data,
    postponed,
    present,
    reason,
  });
  if (recorded.ok) return done(c, 'committee.done.meeting');
  const { error } = recorded;
  if (overtaken.has(error.kind)) return await staleMeeting(deps, c, { typed, error });
  const wrong = reasonError(error, t, 'meetingReason');
  const errors = wrong ? [wrong] : error.kind === 'invalid' ? fieldErrors(error.faults, t) : [];
  return errors.length > 0
    ? gatePage(deps, c, { form: 'meeting', typed, errors }, 422)
    : refusalPage(c, error);
};

const SeenGate = z.object({
  gate: GateId,
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
});

/** What the page showed is no longer so. */
const overtaken: ReadonlySet<Refusal['kind']> = new Set<Refusal['kind']>([
  'changed-meanwhile',
  'already-decided',
  'gate-not-open',
  'wrong-stage',
]);

/** The page as it stands now, with everything that was entered. */
const staleMeeting = async (
  deps: WebDeps,
  c: Context,
  { typed, error }: { typed: Typed; error?: Refusal },
): Promise<Response> => {
  const { t } = viewOf(c);
  const isOver = error !== undefined && error.kind !== 'changed-meanwhile';
  const text = t(isOver ? 'committee.meeting.closed' : 'committee.meeting.stale');
  const errors = [{ field: 'present', text }];
  return await gatePage(deps, c, { form: 'meeting', typed: { ...typed, gate: '', after: '' }, errors }, 409);
};

/** Leads to a signed sheet of votes. Opening it is put on record. */
export const openSheet = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'sheet.open');
  if (!command.ok) return refusalPage(c, command.error);
  const scan = DocumentId.safeParse(c.req.param('scan'));
  if (!scan.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const opening = await openScan(deps, { ...command.value, scan: scan.data });
  return opening.ok ? c.redirect(opening.value.url, 303) : refusalPage(c, opening.error);
};

/** Announces a scanned sheet, and leads to the page with the form that takes it. */
export const postScan = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'gate.record');
  if (!command.ok) return refusalPage(c, command.error);
  const announced = await announceScan(deps, command.value);
  if (!announced.ok) return refusalPage(c, announced.error);
  const page = paths.scan(viewOf(c).t.locale, command.value.roundId);
  return c.redirect(`${page}?file=${announced.value.scan}`, 303);
};

/** The form with which it goes straight to storage, and from there back to the round; a new one whenever the page is opened. */
export const showScan = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const command = roundCommand(c, 'gate.record');
  if (!command.ok) return refusalPage(c, command.error);
  const back = paths.committee(t.locale, command.value.roundId);
  const { documentId, redirect, open } = formPlace(c, deps, { back, done: 'committee.done.scanned' });
  const form = documentId && (await scanForm(deps, { ...command.value, documentId, redirect }));
  if (!form?.ok) return c.redirect(back, 303);
  const { upload, file } = form.value;
  return c.html(
    <Page view={view} title={t('committee.paper.upload')} back={{ href: back }}>
      <UploadForm
        t={t}
        upload={upload}
        label={t('committee.paper.sheet')}
        hint={acceptedText(t, { mediaTypes: [...scanMediaTypes], maxBytes: maxScanBytes, maxFiles: 1 })}
        mediaTypes={scanMediaTypes}
        maxBytes={maxScanBytes}
        renewed={open(upload, file.timeZone)}
      />
    </Page>,
  );
};

const Paper = z.object({ proposal: Sha256, scan: DocumentId });

/** Enters the votes of a signed sheet. */
export const postPaperVotes = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'gate.record');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const paper = Paper.safeParse({ proposal: one(typed, 'proposal'), scan: one(typed, 'scan') });
  if (!paper.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const reason = one(typed, 'paperReason');
  const redraw = (error: FieldError) => gatePage(deps, c, { form: 'paper', typed, errors: [error] }, 422);
  const votes = votesIn(typed);
  if (votes.length === 0) return redraw({ field: 'scan', text: t('committee.paper.needed') });
  const entered = await enterPaperVotes(deps, { ...command.value, ...paper.data, votes, reason });
  if (entered.ok) return done(c, 'committee.done.paper');
  const error = reasonError(entered.error, t, 'paperReason');
  return error ? redraw(error) : refusalPage(c, entered.error);
};

const votesIn = (typed: Typed): { memberId: PersonId; choice: VoteChoice }[] =>
  Object.keys(typed).flatMap((name) => {
    const memberId = PersonId.safeParse(name.replace(/^vote-/, ''));
    const choice = VoteChoice.safeParse(one(typed, name));
    return memberId.success && choice.success ? [{ memberId: memberId.data, choice: choice.data }] : [];
  });

/** Calls a substitute in for a member, or sends one back. */
export const postSubstitute = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'substitute.call');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const personId = PersonId.safeParse(one(typed, 'personId'));
  if (!personId.success) return refusalPage(c, { kind: 'not-found', what: 'person' });
  const standsInFor = PersonId.safeParse(one(typed, 'standsInFor'));
  const given = { ...command.value, personId: personId.data };
  const changed = standsInFor.success
    ? await callInSubstitute(deps, { ...given, standsInFor: standsInFor.data })
    : await sendSubstituteBack(deps, given);
  return changed.ok ? done(c, 'committee.done.substitute') : refusalPage(c, changed.error);
};
