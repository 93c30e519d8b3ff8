import type { Provenance } from '#shared/domain/provenance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Inset } from './parts.tsx';

type Sheet = Pick<Provenance, 'confidence'>;

/** Whether a sheet is one whose source nobody has verified, so that nothing given by it is called official (DOMAIN D2). */
export const isSample = ({ confidence }: Sheet): boolean => confidence === 'unverified';

/** Says so wherever criteria of such a sheet, or points and totals that were given by it, are shown. */
export const SampleNote = ({ t, of }: { t: Translator; of: readonly Sheet[] }) =>
  of.some(isSample) ? <Inset>{t('scoring.sample')}</Inset> : null;
