import type { InterviewView } from '#functions/commands/interview-own.ts';
import type { PlacedSlot } from '#functions/commands/interview-stations.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button } from '../fields.tsx';
import { Facts, SourceText } from '../parts.tsx';
import { paths } from '../paths.ts';
import { besideWords, placeWords } from '../stations.tsx';

type BookedProps = { t: Translator; interview: InterviewView; booked: PlacedSlot };

/** The time that the applicant has, and what can be done with it until it begins. */
export const Booked = ({ t, interview, booked, isOver }: BookedProps & { isOver: boolean }) => {
  const { application, file, invited, owed } = interview;
  return (
    <section>
      <h2 class="govuk-heading-m">{t(owed ? 'owed-interview.mine.set' : 'interview.booked')}</h2>
      <Facts
        facts={[
          { name: t('apply.numberName'), value: <span class="whole">{application.number}</span> },
          { name: t('interview.starts'), value: t.moment(booked.slot.startsAt, file.timeZone) },
          { name: t('interview.ends'), value: t.moment(booked.slot.endsAt, file.timeZone) },
          { name: t('interview.place'), value: <Place t={t} interview={interview} booked={booked} /> },
        ]}
      />
      {!isOver && (
        <p class="screen-only">
          <a href={paths.interviewFile(t.locale, application.id)}>{t('interview.calendar')}</a>
        </p>
      )}
      {invited && !isOver && (
        <form method="post" action={paths.cancelInterview(t.locale, application.id)}>
          <Button kind="secondary">{t('interview.cancel')}</Button>
        </form>
      )}
    </section>
  );
};

/** A room with what is told of its panel, or one station after another with theirs. */
const Place = ({ t, interview: { file, asked }, booked }: BookedProps) => {
  const words = placeWords(t, booked.parts, file.timeZone);
  const panels = besideWords(t, booked, asked);
  if (words.length === 1) return <SourceText source={[...words, ...panels].join(' · ')} />;
  return (
    <>
      <ol class="govuk-list govuk-list--number">
        {words.map((line) => (
          <li>
            <SourceText source={line} />
          </li>
        ))}
      </ol>
      {panels.join(' · ')}
    </>
  );
};
