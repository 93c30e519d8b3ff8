import type { CallView } from '#functions/commands/rounds.ts';
import { hoursPerLoad, type Vacancy } from '#shared/domain/vacancy.ts';
import { LinkButton } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { Digest, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { languageName, schoolName, schoolTypeName, subjectName, textIn } from '../words.ts';
import { SupportInFull } from './support.tsx';

type VacancyPageProps = { view: View; call: CallView; vacancy: Vacancy };

/** One vacancy with what comes with it first: that is what people decide by (DOMAIN 4.9). */
export const VacancyPage = ({ view, call, vacancy }: VacancyPageProps) => {
  const { t } = view;
  const { round, file, open } = call;
  return (
    <Page
      view={view}
      title={`${subjectName(t, vacancy.subject)}, ${schoolName(t, vacancy)}`}
      caption={textIn(t, file.title)}
      back={{ href: paths.vacancies(t.locale, round.id), text: t('call.allVacancies') }}
    >
      <h2 class="govuk-heading-m">{t('call.incentives')}</h2>
      {vacancy.incentives.length === 0 ? (
        <p>{t('call.noIncentives')}</p>
      ) : (
        <>
          <p>{t('support.note')}</p>
          <SupportInFull t={t} call={call} vacancy={vacancy} />
        </>
      )}
      <h2 class="govuk-heading-m">{t('call.aboutPost')}</h2>
      <Facts
        facts={[
          { name: t('call.school'), value: schoolName(t, vacancy) },
          { name: t('call.schoolType'), value: schoolTypeName(t, vacancy.schoolType) },
          { name: t('call.district'), value: `${vacancy.district}, ${vacancy.locality}` },
          { name: t('call.subject'), value: subjectName(t, vacancy.subject) },
          { name: t('call.language'), value: languageName(t, vacancy.language) },
          {
            name: t('call.hours'),
            value: t('call.hoursOfLoad', {
              hours: vacancy.hours,
              load: Math.round((vacancy.hours / hoursPerLoad) * 100) / 100,
            }),
          },
          { name: t('call.postsColumn'), value: t.number(vacancy.posts) },
          { name: t('call.code'), value: <Digest value={vacancy.code} /> },
        ]}
      />
      {open && <LinkButton href={paths.apply(t.locale, round.id)}>{t('call.apply')}</LinkButton>}
    </Page>
  );
};
