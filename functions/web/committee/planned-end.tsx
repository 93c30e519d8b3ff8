import { stageEndsAt } from '#shared/domain/publication.ts';
import type { Round } from '#shared/domain/round.ts';
import { untold } from '#shared/domain/round-advance.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';

type Props = { t: Translator; round: Round; file: RoundFile };

/**
 * Until when the stage lasts as the round file plans it, and claims as their letters say; nothing before those. Nothing ends at that moment by
 * itself: the committee advances.
 */
export const PlannedEnd = ({ t, round, file }: Props) => {
  const end = stageEndsAt(round, file);
  if (!end || untold(round).includes('preliminary')) return null;
  const says = round.stage === 'claims' ? 'results.claims.until' : 'committee.plannedEnd';
  return <p>{t(says, { at: t.moment(end, file.timeZone) })}</p>;
};
