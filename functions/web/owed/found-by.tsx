import type { FoundBy as Found } from '#shared/domain/owed-interview.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';

/** What found that an interview is owed. */
export const FoundBy = ({ t, roundId, found }: { t: Translator; roundId: string; found: Found }) =>
  'claim' in found ? (
    <a href={paths.committeeClaim(t.locale, roundId, found.claim)}>{t('owed-interview.found.claim')}</a>
  ) : (
    <a href={paths.correction(t.locale, roundId, found.correction)}>
      {t('owed-interview.found.correction', { number: found.correction })}
    </a>
  );
