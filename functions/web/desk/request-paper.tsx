import type { Context } from 'hono';
import {
  announcePaper,
  maxPaperBytes,
  paperForm,
  paperMediaTypes,
} from '#functions/commands/request-papers.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { DataRequestId, type PersonId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { acceptedText } from '../apply/upload.tsx';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { formPlace, UploadForm } from '../upload-form.tsx';
import { viewOf } from '../view.ts';
import { nobodyHere } from './people.tsx';
import { personOf } from './person.tsx';

/** Announces the scan of a signed paper, and leads to the page with the form that takes it. */
export const postRequestPaper = (deps: WebDeps) => async (c: Context) => {
  const place = placeOf(c);
  if (!place.ok) return await refusalPage(c, place.error);
  const { personId, requestId } = place.value;
  const announced = await announcePaper(deps, { by: deskWorker(c), ...place.value });
  if (!announced.ok) return await refusalPage(c, announced.error);
  const page = paths.requestPaper(viewOf(c).t.locale, personId, requestId);
  return c.redirect(`${page}?file=${announced.value.paper}`, 303);
};

const placeOf = (c: Context): Result<{ personId: PersonId; requestId: DataRequestId }, Refusal> => {
  const personId = personOf(c);
  const requestId = DataRequestId.safeParse(c.req.param('request')).data;
  if (!personId) return refuse(nobodyHere);
  return requestId ? ok({ personId, requestId }) : refuse({ kind: 'not-found', what: 'data-request' });
};

/** The form with which it goes straight to storage, and from there back to the person's data; a new one whenever the page is opened. */
export const showRequestPaper = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const place = placeOf(c);
  if (!place.ok) return await refusalPage(c, place.error);
  const back = paths.data(t.locale, place.value.personId);
  const { documentId, redirect, open } = formPlace(c, deps, { back, done: 'desk.done.scanned' });
  const form = documentId && (await paperForm(deps, { ...place.value, documentId, redirect }));
  if (!form?.ok) return c.redirect(back, 303);
  const upload = form.value;
  return c.html(
    <Page view={view} title={t('desk.rights.signed')} back={{ href: back }}>
      <p>{t('desk.rights.paper')}</p>
      <UploadForm
        t={t}
        upload={upload}
        label={t('desk.rights.signed')}
        hint={acceptedText(t, { mediaTypes: paperMediaTypes, maxBytes: maxPaperBytes, maxFiles: 1 })}
        mediaTypes={paperMediaTypes}
        maxBytes={maxPaperBytes}
        renewed={open(upload)}
      />
    </Page>,
  );
};
