import type { Context } from 'hono';
import { announcePaper, maxPaperBytes, paperMediaTypes } from '#functions/commands/request-papers.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { DataRequestId } from '#shared/domain/ids.ts';
import { acceptedText } from '../apply/upload.tsx';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { UploadForm } from '../upload-form.tsx';
import { viewOf } from '../view.ts';
import { nobodyHere } from './people.tsx';
import { personOf } from './person.tsx';

/** Answers the form with which the scan of a signed paper goes straight to storage, and from there back to the person's data. */
export const postRequestPaper = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const personId = personOf(c);
  const requestId = DataRequestId.safeParse(c.req.param('request'));
  if (!personId) return await refusalPage(c, nobodyHere);
  if (!requestId.success) return await refusalPage(c, { kind: 'not-found', what: 'data-request' });
  const back = paths.data(t.locale, personId);
  const redirect = `${deps.publicOrigin}${back}?done=desk.done.scanned`;
  const command = { by: deskWorker(c), personId, requestId: requestId.data, redirect };
  const announced = await announcePaper(deps, command);
  if (!announced.ok) return await refusalPage(c, announced.error);
  const { upload } = announced.value;
  c.set('formTarget', new URL(upload.url).origin);
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
      />
    </Page>,
  );
};
