import type { RequiredDocument } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Upload } from '#shared/ports/files.ts';
import { Page } from '../layout.tsx';
import { UploadForm } from '../upload-form.tsx';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';

type UploadPageProps = { view: View; back: string; requirement: RequiredDocument; upload: Upload };

/** The page on which a file of an application is sent to storage. */
export const UploadPage = ({ view, back, requirement, upload }: UploadPageProps) => {
  const { t } = view;
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
