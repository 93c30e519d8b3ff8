import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { isGone, type receivedIn } from '#shared/domain/application.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Tag } from '../parts.tsx';
import { paths } from '../paths.ts';

type Props = { t: Translator; command: CandidacyCommand; document: ReturnType<typeof receivedIn>[number] };

/** Leads to a file of an applicant, or says why nobody can open it. */
export const FileLink = ({ t, command, document }: Props) => {
  const { id, bytes, held, infectedAt } = document;
  if (infectedAt) {
    return (
      <>
        <Tag colour="red">{t('screening.document.infected')}</Tag> {t('screening.document.infected.text')}
      </>
    );
  }
  if (isGone(document)) {
    return (
      <>
        <Tag colour="red">{t('screening.document.unreadable')}</Tag> {t('screening.document.unreadable.text')}
      </>
    );
  }
  if (held) return <Tag colour="yellow">{t('apply.document.held')}</Tag>;
  return (
    <a href={paths.candidateFile(t.locale, command.roundId, command.applicationId, id)}>
      {t('screening.document.open', { kilobytes: Math.ceil(bytes / 1024) })}
    </a>
  );
};
