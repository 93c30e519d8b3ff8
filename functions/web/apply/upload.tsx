import type { RequiredDocument } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Upload } from '#shared/ports/files.ts';
import { Button, FileField, Hidden } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';

type UploadPageProps = { view: View; applicationId: string; requirement: RequiredDocument; upload: Upload };

/**
 * A form that posts the file to storage, not to us. Storage reads the fields in order and ignores what follows the
 * file, so the file comes last. Where scripts run, one too large is noticed before it is sent.
 */
export const UploadPage = ({ view, applicationId, requirement, upload }: UploadPageProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={textIn(t, requirement.title)}
      caption={t('apply.task.documents')}
      back={{ href: paths.documents(t.locale, applicationId) }}
    >
      <form
        method="post"
        action={upload.url}
        enctype="multipart/form-data"
        data-upload
        data-sending={t('apply.document.sending')}
        data-too-large={t('apply.document.fault.too-large')}
        data-max-bytes={String(requirement.maxBytes)}
      >
        {Object.entries(upload.fields).map(([name, value]) => (
          <Hidden name={name} value={value} />
        ))}
        <FileField
          t={t}
          name="file"
          label={t('apply.document.file')}
          hint={acceptedText(t, requirement)}
          accept={requirement.mediaTypes.join(',')}
        />
        <Button>{t('apply.document.upload')}</Button>
        <p role="status"></p>
      </form>
    </Page>
  );
};

/** `PDF, JPEG, up to 10 MB`. */
export const acceptedText = (t: Translator, requirement: RequiredDocument): string =>
  t('apply.document.accepted', {
    types: requirement.mediaTypes.map((type) => type.split('/')[1]?.toUpperCase() ?? type).join(', '),
    megabytes: Math.round((requirement.maxBytes / 1_048_576) * 10) / 10,
    count: requirement.maxFiles,
  });
