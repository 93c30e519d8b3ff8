import type { Context } from 'hono';
import { removeAnswerFile } from '#functions/commands/documents.ts';
import {
  type InquiryCommand,
  type OwnInquiry,
  ownInquiries,
  saveAnswer,
  sendAnswer,
} from '#functions/commands/inquiry-answer.ts';
import { announceAnswerFile, answerForm } from '#functions/commands/inquiry-files.ts';
import { statusOf } from '#functions/http/problem.ts';
import { DocumentId, InquiryId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';
import { type FieldError, fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { formPlace } from '../upload-form.tsx';
import { viewOf } from '../view.ts';
import { askedOf } from './application.ts';
import { InquiryPage } from './inquiry.tsx';
import { UploadPage } from './upload.tsx';

/** A question of the committee, with the form that answers it while it is open. */
export const showInquiry = (deps: WebDeps) => async (c: Context) => await inquiryPage(deps, c);

/** Keeps or sends what was typed. Pressing twice sends once. */
export const postAnswer = (deps: WebDeps) => async (c: Context) => {
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const { locale } = viewOf(c).t;
  const address = paths.inquiry(locale, command.value.applicationId, command.value.inquiry);
  if (one(typed, 'press') === 'keep') {
    const kept = await keep(deps, command.value, typed);
    if (!kept.ok) return await inquiryPage(deps, c, { typed, refusal: kept.error });
    return c.redirect(`${address}?done=inquiry.done.saved`, 303);
  }
  const sent = await sendAnswer(deps, { ...command.value, ...answerIn(typed) });
  if (!sent.ok) return await inquiryPage(deps, c, { typed, refusal: sent.error });
  return c.redirect(`${address}?done=inquiry.done.sent`, 303);
};

/** Keeps the text, announces a file, and leads to the page with the form that takes it. */
export const postAnswerFile = (deps: WebDeps) => async (c: Context) => {
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const kept = await keep(deps, command.value, typed);
  if (!kept.ok) return await inquiryPage(deps, c, { typed, refusal: kept.error });
  const { applicationId, inquiry } = command.value;
  const announced = await announceAnswerFile(deps, command.value);
  if (!announced.ok) return await inquiryPage(deps, c, { typed, refusal: announced.error });
  const page = paths.inquiryUpload(viewOf(c).t.locale, applicationId, inquiry);
  return c.redirect(`${page}?file=${announced.value.documentId}`, 303);
};

/** The form for a file of the answer, a new one whenever the page is opened. */
export const showAnswerFile = (deps: WebDeps) => async (c: Context) => {
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const view = viewOf(c);
  const { applicationId, inquiry } = command.value;
  const back = paths.inquiry(view.t.locale, applicationId, inquiry);
  const { documentId, redirect, open } = formPlace(c, deps, { back, done: 'apply.done.uploaded' });
  const form = documentId && (await answerForm(deps, { ...command.value, documentId, redirect }));
  // It has arrived, was taken out, or the question is over: its page says so.
  if (!form?.ok || !documentId) return c.redirect(back, 303);
  const { requirement, upload, file } = form.value;
  const page = { view, back, requirement, upload, renewed: open(upload, file.timeZone) };
  return c.html(<UploadPage {...page} of={{ applicationId, documentId }} />);
};

/** Keeps the text that stood beside the button, and takes the file out. */
export const postFileRemoval = (deps: WebDeps) => async (c: Context) => {
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const documentId = DocumentId.safeParse(one(typed, 'remove'));
  if (!documentId.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const kept = typed['text'] === undefined ? undefined : await keep(deps, command.value, typed);
  if (kept?.ok === false) return await inquiryPage(deps, c, { typed, refusal: kept.error });
  const removed = await removeAnswerFile(deps, { ...command.value, documentId: documentId.data });
  if (!removed.ok) return refusalPage(c, removed.error);
  const { applicationId, inquiry } = command.value;
  return c.redirect(
    `${paths.inquiry(viewOf(c).t.locale, applicationId, inquiry)}?done=apply.done.removed`,
    303,
  );
};

type Refused = { typed: Typed; refusal: Refusal };

/** Refusals that the page of the question itself explains; the text stays in its field. */
const inquiryPage = async (deps: WebDeps, c: Context, refused?: Refused): Promise<Response> => {
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const found = await ownInquiry(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const { own, file } = found.value;
  const view = viewOf(c);
  const page = { view, own, file, applicationId: command.value.applicationId };
  if (!refused) return c.html(<InquiryPage {...page} errors={[]} />);
  const { refusal, typed } = refused;
  if (own.standing !== 'open' || !shownHere.has(refusal.kind)) return refusalPage(c, refusal);
  const stored = refusal.kind === 'changed-meanwhile' ? refusal.stored : undefined;
  const again = { errors: errorsOf(refusal, view.t), stored, typed: one(typed, 'text') };
  return c.html(<InquiryPage {...page} {...again} />, statusOf(refusal));
};

const errorsOf = (refusal: Refusal, t: Translator): FieldError[] =>
  refusal.kind === 'document-not-arrived'
    ? [{ field: 'files', text: t('apply.document.wait') }]
    : fieldErrors(refusal.kind === 'invalid' ? refusal.faults : [], t);

const shownHere: ReadonlySet<Refusal['kind']> = new Set([
  'invalid',
  'changed-meanwhile',
  'document-not-arrived',
]);

const keep = (deps: WebDeps, command: InquiryCommand, typed: Typed) =>
  saveAnswer(deps, { ...command, ...answerIn(typed) });

/** The text, and the version of it that the page showed. */
const answerIn = (typed: Typed) => ({
  text: one(typed, 'text'),
  basedOn: Number(one(typed, 'basedOn')) || 0,
});

const ownInquiry = async (deps: WebDeps, command: InquiryCommand) => {
  const found = await ownInquiries(deps, command);
  if (!found.ok) return found;
  const own = found.value.inquiries.find(({ inquiry }) => inquiry.id === command.inquiry);
  if (!own) return refuse({ kind: 'not-found', what: 'inquiry' } as const);
  return ok<{ own: OwnInquiry; file: typeof found.value.opened.file }>({
    own,
    file: found.value.opened.file,
  });
};

const commandOf = (c: Context): Result<InquiryCommand, Refusal> => {
  const asked = askedOf(c);
  if (!asked.ok) return asked;
  const inquiry = InquiryId.safeParse(c.req.param('inquiry'));
  if (!inquiry.success) return refuse({ kind: 'not-found', what: 'inquiry' });
  return ok({ ...asked.value, inquiry: inquiry.data });
};
