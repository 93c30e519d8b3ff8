import { permit } from '#shared/domain/permission.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Round } from '#shared/domain/round.ts';
import { untold } from '#shared/domain/round-advance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Inset } from './parts.tsx';
import { paths } from './paths.ts';

/** That decisions were made of which nobody was told by letter, for whoever may release them. */
export const LettersWaiting = ({ t, round, role }: { t: Translator; round: Round; role: Role }) => {
  const waiting = untold(round);
  if (waiting.length === 0 || !permit('letters.release', role, round.stage).ok) return null;
  return (
    <Inset>
      <p>
        {t('watch.letters.waiting', { count: waiting.length })}
        {waiting.includes('preliminary') && ` ${t('watch.letters.claims')}`}
      </p>
      <p>
        <a href={paths.letters(t.locale, round.id)}>{t('watch.letters')}</a>
      </p>
    </Inset>
  );
};
