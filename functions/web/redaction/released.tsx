import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { type ReleasedCopy, readCopies } from '#functions/commands/released-copies.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { isBlind } from '#shared/domain/redaction-decisions.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { titleOf } from './title.ts';

type Place = { role: Role; round: Round; file: RoundFile };

/** The copies that a page of a blind stage shows; none where it is not blind to the reader or the round shows nothing. */
export const shownCopies = async (
  deps: WebDeps,
  command: CandidacyCommand,
  { role, round, file }: Place,
): Promise<readonly ReleasedCopy[] | undefined> => {
  if (!file.blind.shown || role === 'auditor' || !isBlind(file, round.stage)) return undefined;
  const copies = await readCopies(deps, command);
  return copies.ok ? copies.value : undefined;
};

type Props = {
  t: Translator;
  copies: readonly ReleasedCopy[] | undefined;
  place: { round: Round; file: RoundFile; candidate: { applicationId: ApplicationId } };
};

/** What the secretary released of an application, and in whose place nothing stands. */
export const ReleasedCopies = ({ t, copies, place }: Props) =>
  copies === undefined || copies.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('redaction.copies')}</h2>
      <p>{t('redaction.copies.text')}</p>
      {copies.map((copy) => (
        <div class="card">
          <h3 class="govuk-heading-s">{titleOf(t, copy, place.file)}</h3>
          <Released t={t} copy={copy} place={place} />
        </div>
      ))}
    </section>
  );

const Released = ({ t, copy, place }: Pick<Props, 't' | 'place'> & { copy: ReleasedCopy }) => {
  const { standing, kind, item, text, bytes } = copy;
  if (standing !== 'released') return <p>{t(`redaction.copies.${standing}`)}</p>;
  // Erased since it was released.
  if (kind !== 'file') return <p class="typed">{text ?? t('redaction.copies.not-yet')}</p>;
  const { round, candidate } = place;
  return (
    <p>
      <a href={paths.releasedFile(t.locale, round.id, candidate.applicationId, item)}>
        {t('redaction.file.open', { kilobytes: Math.ceil((bytes ?? 0) / 1024) })}
      </a>
    </p>
  );
};
