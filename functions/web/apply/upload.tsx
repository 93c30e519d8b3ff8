import type { RequiredDocument } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Upload } from '#shared/ports/files.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { type Renewed, UploadForm } from '../upload-form.tsx';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';

type UploadPageProps = {
  view: View;
  back: string;
  requirement: RequiredDocument;
  upload: Upload;
  renewed: Renewed;
  /** The document that was announced. */
  of: { applicationId: string; documentId: string };
};

/** The page on which a file of an application is sent to storage. */
export const UploadPage = ({ view, back, requirement, upload, renewed, of }: UploadPageProps) => {
  const { t } = view;
  const { applicationId, documentId } = of;
  return (
    <Page
      view={view}
      title={textIn(t, requirement.title)}
      caption={t('apply.task.documents')}
      back={{ href: back }}
    >
      <UploadForm
        t={t}
        upload={upload}
        label={t('apply.document.file')}
        hint={acceptedText(t, requirement)}
        mediaTypes={requirement.mediaTypes}
        maxBytes={requirement.maxBytes}
        renewed={renewed}
        slices={{
          script: view.uploadScript,
          ask: paths.slices(t.locale, applicationId, documentId),
          join: paths.wholeFile(t.locale, applicationId, documentId),
          done: `${back}?done=apply.done.uploaded`,
          back,
          gone: `${renewed.here}&done=apply.done.fileGone`,
        }}
      />
    </Page>
  );
};

/** `PDF, JPEG, up to 10 MB`. */
export const acceptedText = (
  t: Translator,
  requirement: Pick<RequiredDocument, 'mediaTypes' | 'maxBytes' | 'maxFiles'>,
): string =>
  t('apply.document.accepted', {
    types: requirement.mediaTypes.map((type) => type.split('/')[1]?.toUpperCase() ?? type).join(', '),
    megabytes: Math.round((requirement.maxBytes / 1_048_576) * 10) / 10,
    count: requirement.maxFiles,
  });
