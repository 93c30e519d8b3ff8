import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import {
  releaseFile,
  releaseText,
  releaseWhole,
  takeBack,
  withholdCopy,
} from '#functions/commands/redaction.ts';
import { announceCopy, copyForm, copyLimits } from '#functions/commands/redaction-files.ts';
import type { CopyCommand } from '#functions/commands/redaction-place.ts';
import { readRedaction } from '#functions/commands/redaction-views.ts';
import { openCopy, openUpload } from '#functions/commands/released-copies.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { RedactedItem } from '#shared/domain/redaction.ts';
import type { Refusal } from '#shared/errors.ts';
import type { MessageKey } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { candidacyCommand } from '../acting.ts';
import { acceptedText } from '../apply/upload.tsx';
import type { WebDeps } from '../deps.ts';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { formPlace, UploadForm } from '../upload-form.tsx';
import { viewOf } from '../view.ts';
import { CopiesPage } from './copies-page.tsx';

/** A form that was refused: what it was about, what was typed, and what is wrong with it. */
export type Again = { item: RedactedItem; typed: Typed; errors: readonly FieldError[] };

/** The originals of one application beside their copies. Opening the page is itself put on record. */
export const showCopies = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'redaction.keep');
  return command.ok ? await copiesPage(deps, c, command.value) : refusalPage(c, command.error);
};

const copiesPage = async (
  deps: WebDeps,
  c: Context,
  command: CandidacyCommand,
  again?: Again,
): Promise<Response> => {
  const found = await readRedaction(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const page = <CopiesPage view={viewOf(c)} redaction={found.value} again={again} />;
  return c.html(page, again ? 422 : 200);
};

/** Releases a text as it was redacted, or as it was typed where there is nothing to redact. */
export const postText = (deps: WebDeps) => async (c: Context) =>
  await pressed(deps, c, async (command, typed) => {
    const press = one(typed, 'press');
    const copy = one(typed, 'copy');
    // Whoever is sure of one button is not asked about the other: what it releases is another text.
    const sure = one(typed, 'sure') === press;
    const released =
      press === 'whole'
        ? await releaseWhole(deps, { ...command, sure, inForm: copy })
        : await releaseText(deps, { ...command, text: copy, sure });
    return { answer: released, done: 'redaction.done.released' };
  });

/** Releases the redacted file that the page showed. */
export const postFileRelease = (deps: WebDeps) => async (c: Context) =>
  await pressed(deps, c, async (command, typed) => {
    const sent = DocumentId.safeParse(one(typed, 'sent'));
    const answer: Result<void, Refusal> = sent.success
      ? // Sure of this very file: another may have been sent since.
        await releaseFile(deps, { ...command, sent: sent.data, sure: one(typed, 'sure') === sent.data })
      : refuse({ kind: 'not-found', what: 'document' });
    return { answer, done: 'redaction.done.released' };
  });

/** Withholds a text or a file, with a reason; what was typed comes back when it is refused. */
export const postWithholding = (deps: WebDeps) => async (c: Context) =>
  await pressed(deps, c, async (command, typed) => ({
    answer: await withholdCopy(deps, { ...command, reason: one(typed, 'reason') }),
    done: 'redaction.done.withheld',
  }));

export const postTakingBack = (deps: WebDeps) => async (c: Context) =>
  await pressed(deps, c, async (command) => ({
    answer: await takeBack(deps, command),
    done: 'redaction.done.takenBack',
  }));

type Pressed = { answer: Result<void, Refusal>; done: MessageKey };

const pressed = async (
  deps: WebDeps,
  c: Context,
  press: (command: CopyCommand, typed: Typed) => Promise<Pressed>,
): Promise<Response> => {
  const typed = await readTyped(c);
  const command = copyCommand(c, typed);
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const { answer, done } = await press(command.value, typed);
  const { roundId, applicationId, item } = command.value;
  if (answer.ok) {
    return c.redirect(`${paths.redaction(t.locale, roundId, applicationId)}?done=${done}#${item}`, 303);
  }
  const reason = reasonError(answer.error, t);
  const faults = answer.error.kind === 'invalid' ? fieldErrors(answer.error.faults, t) : [];
  const errors = reason ? [reason] : faults;
  if (errors.length === 0) return refusalPage(c, answer.error);
  return await copiesPage(deps, c, command.value, { item, typed, errors });
};

/** Announces a redacted file, and leads to the page with the form that takes it. */
export const postUpload = (deps: WebDeps) => async (c: Context) => {
  const command = copyCommand(c, await readTyped(c));
  if (!command.ok) return refusalPage(c, command.error);
  const announced = await announceCopy(deps, command.value);
  if (!announced.ok) return refusalPage(c, announced.error);
  const { roundId, applicationId } = command.value;
  const page = paths.redactionPress(viewOf(c).t.locale, roundId, applicationId, 'upload');
  return c.redirect(`${page}?file=${announced.value.documentId}`, 303);
};

/** The form with which it goes straight to storage, and from there back to the copies; a new one whenever the page is opened. */
export const showUpload = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'redaction.keep');
  if (!command.ok) return refusalPage(c, command.error);
  const view = viewOf(c);
  const { t } = view;
  const back = paths.redaction(t.locale, command.value.roundId, command.value.applicationId);
  const { documentId, redirect, open } = formPlace(c, deps, { back, done: 'redaction.done.sent' });
  const form = documentId && (await copyForm(deps, { ...command.value, documentId, redirect }));
  if (!form?.ok) return c.redirect(back, 303);
  const { upload, file } = form.value;
  return c.html(
    <Page view={view} title={t('redaction.upload')} back={{ href: back }}>
      <Inset>{t('redaction.upload.text')}</Inset>
      <UploadForm
        t={t}
        upload={upload}
        label={t('redaction.upload.label')}
        hint={acceptedText(t, { ...copyLimits, maxFiles: 1 })}
        {...copyLimits}
        renewed={open(upload, file.timeZone)}
      />
    </Page>,
  );
};

/** Leads the secretary to a redacted file that was sent. */
export const openSent = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'redaction.keep');
  if (!command.ok) return refusalPage(c, command.error);
  const documentId = DocumentId.safeParse(c.req.param('document'));
  if (!documentId.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const opening = await openUpload(deps, { ...command.value, documentId: documentId.data });
  return opening.ok ? c.redirect(opening.value.url, 303) : refusalPage(c, opening.error);
};

/** Leads raters to the released copy of a file. */
export const openReleased = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'scoring.read');
  if (!command.ok) return refusalPage(c, command.error);
  const item = DocumentId.safeParse(c.req.param('document'));
  if (!item.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const opening = await openCopy(deps, { ...command.value, item: item.data });
  return opening.ok ? c.redirect(opening.value.url, 303) : refusalPage(c, opening.error);
};

const copyCommand = (c: Context, typed: Typed): Result<CopyCommand, Refusal> => {
  const command = candidacyCommand(c, 'redaction.keep');
  if (!command.ok) return command;
  const item = RedactedItem.safeParse(one(typed, 'item'));
  return item.success
    ? ok({ ...command.value, item: item.data })
    : refuse({ kind: 'not-found', what: 'document' });
};
