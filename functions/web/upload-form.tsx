import type { Context } from 'hono';
import { uploadSeconds } from '#shared/domain/application-documents.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import type { Upload } from '#shared/ports/files.ts';
import type { WebDeps } from './deps.ts';
import { Button, FileField, Hidden, LinkButton } from './fields.tsx';
import { viewOf } from './view.ts';

type UploadFormProps = {
  t: Translator;
  upload: Upload;
  label: string;
  hint?: string;
  mediaTypes: readonly string[];
  maxBytes: number;
  renewed: Renewed;
  /** Where the script sends it in slices; absent where it goes in one piece. */
  slices?: Slicing;
};

/**
 * Until when the form takes a file, in the reader's words, and the address of its page, which has another one whenever it is opened.
 * @property over the same address, where the page says that a form had run out
 */
export type Renewed = { until: string; here: string; over: string };

/** `ask` says what has arrived, `join` makes the document of it, `done` is the page after it, `back` the one before; `gone` says that the file cannot be read any more. */
export type Slicing = {
  script: string | undefined;
  ask: string;
  join: string;
  done: string;
  back: string;
  gone: string;
};

/**
 * A form that posts the file to storage, not to us. Storage reads the fields in order and ignores what follows the
 * file, so the file comes last. Where scripts run, one too large is noticed before it is sent. Shortly before the form ends
 * the style sheet puts a link to another one in the place of its button (`runs-out`), also where no scripts run.
 */
export const UploadForm = ({
  t,
  upload,
  label,
  hint,
  mediaTypes,
  maxBytes,
  renewed,
  slices,
}: UploadFormProps) => (
  <form
    method="post"
    action={upload.url}
    enctype="multipart/form-data"
    class="runs-out"
    data-upload
    data-sending={t('apply.document.sending')}
    data-too-large={t('apply.document.fault.too-large')}
    data-max-bytes={String(maxBytes)}
    data-seconds={String(uploadSeconds)}
    data-over={renewed.over}
    {...(slices && slicing(t, slices))}
  >
    {Object.entries(upload.fields).map(([name, value]) => (
      <Hidden name={name} value={value} />
    ))}
    <FileField t={t} name="file" label={label} hint={hint} accept={mediaTypes.join(',')} required />
    <p class="govuk-hint">
      {t('apply.document.formEnds', { until: renewed.until })}{' '}
      <a href={renewed.here}>{t('apply.document.formAnew')}</a>
    </p>
    <div class="runs-out__place">
      <Button>{t('apply.document.upload')}</Button>
      <div class="runs-out__over">
        <p>{t('apply.document.formOver', { until: renewed.until })}</p>
        <LinkButton href={renewed.over}>{t('apply.document.formAnew')}</LinkButton>
      </div>
    </div>
    <p role="status" id="sending"></p>
    {slices?.script !== undefined && <script src={slices.script} type="module"></script>}
  </form>
);

/** What the script needs to know and to say; the number stands where it puts its own. */
const slicing = (t: Translator, { ask, join, done, back, gone }: Slicing) => ({
  'data-slices': ask,
  'data-join': join,
  'data-done': done,
  'data-back': back,
  'data-gone': gone,
  'data-progress': t('apply.document.sent', { percent: 0 }),
  'data-broken': t('apply.document.broken', { percent: 0 }),
});

/** The page of an upload form: where it is, where it leads once the file is there, and until when its form is good. */
export const formPlace = (
  c: Context,
  { clock, publicOrigin }: Pick<WebDeps, 'clock' | 'publicOrigin'>,
  { back, done }: { back: string; done: MessageKey },
) => {
  const documentId = DocumentId.safeParse(c.req.query('file')).data;
  return {
    documentId,
    redirect: `${publicOrigin}${back}?done=${done}`,
    /** Lets this page, and only this one, post to the storage, and says what its form needs to say. */
    open: (upload: Upload, zone?: string): Renewed => {
      c.set('formTarget', new URL(upload.url, publicOrigin).origin);
      const until = viewOf(c).t.moment(addSeconds(clock.now(), uploadSeconds), zone);
      const here = `${c.req.path}?file=${documentId}`;
      const over: MessageKey = 'apply.done.formOver';
      return { until, here, over: `${here}&done=${over}` };
    },
  };
};
