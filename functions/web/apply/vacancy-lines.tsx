import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button } from '../fields.tsx';
import { incentiveName, languageName, schoolName, subjectName } from '../words.ts';
import type { Move } from './ranking.ts';

/** What a vacancy is and what comes with it, in two lines. */
const VacancyLine = ({ t, vacancy }: { t: Translator; vacancy: Vacancy }) => (
  <>
    <strong>
      {subjectName(t, vacancy.subject)}, {schoolName(t, vacancy)}
    </strong>
    <br />
    {vacancy.district}, {vacancy.locality}. {languageName(t, vacancy.language)}.
    {vacancy.incentives.length > 0 &&
      ` ${t('call.incentives')}: ${vacancy.incentives.map((one) => incentiveName(t, one)).join(', ')}.`}
  </>
);

type PressProps = { t: Translator; move: Move; vacancy: Vacancy };

const Press = ({ t, move, vacancy }: PressProps) => (
  <Button kind="secondary" name="press" value={`${move} ${vacancy.code}`}>
    {t(`apply.choices.${move}`)}
    <span class="govuk-visually-hidden">
      {' '}
      {subjectName(t, vacancy.subject)}, {schoolName(t, vacancy)}
    </span>
  </Button>
);

type LinesProps = { t: Translator; vacancies: readonly Vacancy[] };

export const Chosen = ({ t, vacancies, changeable }: LinesProps & { changeable: boolean }) => (
  <ol class="ranking">
    {vacancies.map((vacancy, index) => (
      <li class="rank">
        <p class="rank__text">
          <VacancyLine t={t} vacancy={vacancy} />
        </p>
        {changeable && (
          <div class="rank__buttons">
            {index > 0 && <Press t={t} move="up" vacancy={vacancy} />}
            {index < vacancies.length - 1 && <Press t={t} move="down" vacancy={vacancy} />}
            <Press t={t} move="remove" vacancy={vacancy} />
          </div>
        )}
      </li>
    ))}
  </ol>
);

export const Offered = ({ t, vacancies }: LinesProps) => (
  <ul class="offered">
    {vacancies.map((vacancy) => (
      <li class="rank">
        <p class="rank__text">
          <VacancyLine t={t} vacancy={vacancy} />
        </p>
        <Press t={t} move="add" vacancy={vacancy} />
      </li>
    ))}
  </ul>
);
