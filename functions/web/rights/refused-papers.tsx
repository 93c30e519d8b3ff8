import type { PersonalData } from '#shared/domain/personal-data.ts';
import type { Translator } from '#shared/i18n/index.ts';

type Refused = NonNullable<PersonalData['requests'][number]['papersRefused']>;

/** Scans that were thrown away, each with why and what to do: without one nothing that the desk filed is granted. */
export const RefusedPapers = ({ t, refused }: { t: Translator; refused: Refused }) => (
  <>
    {refused.map(({ announcedAt, because }) => (
      <p>
        {t('desk.rights.open', { at: t.moment(announcedAt) })}: {t(`apply.document.fault.${because}`)}
      </p>
    ))}
  </>
);
