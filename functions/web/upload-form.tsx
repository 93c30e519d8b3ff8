import type { Translator } from '#shared/i18n/index.ts';
import type { Upload } from '#shared/ports/files.ts';
import { Button, FileField, Hidden } from './fields.tsx';

type UploadFormProps = {
  t: Translator;
  upload: Upload;
  label: string;
  hint?: string;
  mediaTypes: readonly string[];
  maxBytes: number;
};

/**
 * A form that posts the file to storage, not to us. Storage reads the fields in order and ignores what follows the
 * file, so the file comes last. Where scripts run, one too large is noticed before it is sent.
 */
export const UploadForm = ({ t, upload, label, hint, mediaTypes, maxBytes }: UploadFormProps) => (
  <form
    method="post"
    action={upload.url}
    enctype="multipart/form-data"
    data-upload
    data-sending={t('apply.document.sending')}
    data-too-large={t('apply.document.fault.too-large')}
    data-max-bytes={String(maxBytes)}
  >
    {Object.entries(upload.fields).map(([name, value]) => (
      <Hidden name={name} value={value} />
    ))}
    <FileField t={t} name="file" label={label} hint={hint} accept={mediaTypes.join(',')} />
    <Button>{t('apply.document.upload')}</Button>
    <p role="status"></p>
  </form>
);
