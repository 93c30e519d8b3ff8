import type { Context } from 'hono';
import type { ApplicationView } from '#functions/commands/applications.ts';
import { openOwnDocument } from '#functions/commands/document-opening.ts';
import { announceDocument, documentForm, removeDocument } from '#functions/commands/documents.ts';
import { isGone, type UploadedDocument } from '#shared/domain/application.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden, LinkButton } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Digest, Source, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { formPlace } from '../upload-form.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { applicationOf, askedOf, requirementsOf, shownOf } from './application.ts';
import { isLeftBehind, LeftBehind } from './left-behind.tsx';
import { markOf, nextAfter } from './tasks.ts';
import { acceptedText, UploadPage } from './upload.tsx';

/** What the call asks for, what has arrived, and what was wrong with what has not. */
export const showDocuments = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<DocumentsPage view={viewOf(c)} application={found.value} />);
};

/** Announces a file, and leads to the page with the form that takes it. */
export const postUpload = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { file, application } = found.value;
  const requirement = file.documents.find(({ code }) => code === c.req.param('requirement'));
  if (!requirement) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const announced = await announceDocument(deps, { ...found.value.asked, requirement: requirement.code });
  if (!announced.ok) return refusalPage(c, announced.error);
  const { documentId } = announced.value;
  const page = paths.upload(viewOf(c).t.locale, application.id, requirement.code);
  return c.redirect(`${page}?file=${documentId}`, 303);
};

/** The form that takes an announced file straight to storage, a new one whenever the page is opened; the browser comes back by itself. */
export const showUpload = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const view = viewOf(c);
  const { applicationId } = asked.value;
  const back = paths.documents(view.t.locale, applicationId);
  const { documentId, redirect, open } = formPlace(c, deps, { back, done: 'apply.done.uploaded' });
  if (!documentId) return c.redirect(back, 303);
  const form = await documentForm(deps, { ...asked.value, documentId, redirect });
  // It has arrived, or was taken out: the list says so.
  if (!form.ok) return form.error.kind === 'not-found' ? c.redirect(back, 303) : refusalPage(c, form.error);
  const { requirement, upload, file } = form.value;
  const page = { view, back, requirement, upload, renewed: open(upload, file.timeZone) };
  return c.html(<UploadPage {...page} of={{ applicationId, documentId }} />);
};

/** Leads to a document that arrived, for its owner. */
export const openOwn = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const documentId = DocumentId.safeParse(c.req.param('document'));
  if (!documentId.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const opening = await openOwnDocument(deps, { ...asked.value, documentId: documentId.data });
  return opening.ok ? c.redirect(opening.value.url, 303) : refusalPage(c, opening.error);
};

export const postRemoval = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const documentId = DocumentId.safeParse(one(await readTyped(c), 'remove'));
  if (!documentId.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const removed = await removeDocument(deps, { ...asked.value, documentId: documentId.data });
  if (!removed.ok) return refusalPage(c, removed.error);
  const address = paths.documents(viewOf(c).t.locale, asked.value.applicationId);
  return c.redirect(`${address}?done=apply.done.removed`, 303);
};

const DocumentsPage = ({ view, application }: { view: View; application: ApplicationView }) => {
  const { t } = view;
  const { id, documents } = shownOf(application);
  const changeable = application.draft !== undefined && !isLeftBehind(application);
  const waiting = documents.some((document) => document.status === 'announced');
  return (
    <Page
      view={view}
      title={t('apply.task.documents')}
      caption={textIn(t, application.file.title)}
      back={{ href: paths.application(t.locale, id), text: t('apply.toTasks') }}
    >
      <LeftBehind view={view} application={application} />
      <p>{textIn(t, application.file.scanning.note)}</p>
      {waiting && (
        <p role="status" data-refresh={markOf(documents)}>
          {t('apply.document.wait')} <a href={paths.documents(t.locale, id)}>{t('apply.document.look')}</a>{' '}
          {t('apply.document.again')}
        </p>
      )}
      {requirementsOf(application).map((requirement) => (
        <section class="card">
          <h2 class="govuk-heading-s">
            {textIn(t, requirement.title)} {requirement.required ? '' : t('common.optional')}
          </h2>
          <p>{acceptedText(t, requirement)}</p>
          <Source t={t} of={requirement} />
          {documents
            .filter((document) => document.requirement === requirement.code)
            .map((document) => (
              <Uploaded
                t={t}
                applicationId={id}
                document={document}
                {...(changeable && {
                  removal: paths.documents(t.locale, id),
                  sending: `${paths.upload(t.locale, id, requirement.code)}?file=${document.id}`,
                })}
              />
            ))}
          {changeable && (
            <form method="post" action={paths.upload(t.locale, id, requirement.code)}>
              <Button kind="secondary">
                {t('apply.document.choose')}
                <span class="govuk-visually-hidden"> {textIn(t, requirement.title)}</span>
              </Button>
            </form>
          )}
        </section>
      ))}
      <LinkButton href={nextAfter(t.locale, application, 'documents')}>{t('common.continue')}</LinkButton>
    </Page>
  );
};

type UploadedProps = {
  t: Translator;
  applicationId: string;
  document: UploadedDocument;
  /** Where the button that takes it out posts to; absent where nothing can be changed. */
  removal?: string;
  /** The form beside, whose text goes along with that press. */
  beside?: string;
  /** The page with the form for a file that has not arrived. */
  sending?: string;
};

/** One uploaded file: how it stands, the way to open it, and to take it out. */
export const Uploaded = ({ t, applicationId, document, removal, beside, sending }: UploadedProps) => (
  <div class="rank">
    <p class="rank__text">
      <DocumentStatus t={t} document={document} />
      {document.status === 'announced' && sending !== undefined && (
        <>
          {' '}
          <a href={sending}>{t('apply.document.send')}</a>
        </>
      )}
      {document.status === 'received' && !document.held && !isGone(document) && (
        <>
          {' '}
          <a href={paths.ownFile(t.locale, applicationId, document.id)}>{t('apply.document.open')}</a>
        </>
      )}
    </p>
    {removal !== undefined && beside === undefined && (
      <form method="post" action={removal}>
        <Hidden name="remove" value={document.id} />
        <Button kind="secondary">{t('common.remove')}</Button>
      </form>
    )}
    {removal !== undefined && beside !== undefined && (
      <button
        type="submit"
        class="govuk-button govuk-button--secondary"
        form={beside}
        formaction={removal}
        name="remove"
        value={document.id}
      >
        {t('common.remove')}
      </button>
    )}
  </div>
);

const DocumentStatus = ({ t, document }: { t: Translator; document: UploadedDocument }) => {
  switch (document.status) {
    case 'announced':
      return <Tag colour="yellow">{t('apply.document.arriving')}</Tag>;
    case 'refused':
      return (
        <>
          <Tag colour="red">{t('apply.document.refused')}</Tag> {t(`apply.document.fault.${document.fault}`)}
        </>
      );
    case 'received':
      return (
        <>
          <Tag colour="green">{t('apply.document.received')}</Tag>{' '}
          {t('apply.document.size', { kilobytes: Math.ceil(document.bytes / 1024) })} SHA-256:{' '}
          <Digest value={document.sha256} />
          {document.infectedAt && (
            <>
              <br />
              <Tag colour="red">{t('apply.document.infected')}</Tag> {t('apply.document.infected.text')}
            </>
          )}
          {document.unreadableAt && (
            <>
              <br />
              <Tag colour="red">{t('apply.document.infected')}</Tag> {t('apply.document.unreadable.text')}
            </>
          )}
          {document.held && (
            <>
              <br />
              <Tag colour="yellow">{t('apply.document.held')}</Tag> {t('apply.document.held.text')}
            </>
          )}
        </>
      );
    default:
      return document satisfies never;
  }
};
