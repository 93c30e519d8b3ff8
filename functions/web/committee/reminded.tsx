import type { InterviewsView } from '#functions/commands/interview-view.ts';
import { unbookedLead } from '#shared/domain/interview-reminding.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';

/** When applicants get a letter before their interview, and who had one, about what and when; for the secretary. */
export const Reminded = ({ t, plan: { reminded, place, slots } }: { t: Translator; plan: InterviewsView }) =>
  place.by.role === 'secretary' && slots.length > 0 ? (
    <section>
      <h2 class="govuk-heading-m">{t('interview.reminded')}</h2>
      <p>{t('interview.reminded.text', { count: unbookedLead(place.file) })}</p>
      {reminded.length > 0 && (
        <Table
          caption={t('interview.reminded')}
          hideCaption
          head={[t('apply.numberName'), t('interview.reminded.about'), t('interview.reminded.at')]}
          rows={reminded.map(({ number, about, at }) => [
            <span class="whole">{number}</span>,
            t(`interview.reminded.${about}`),
            t.moment(at, place.file.timeZone),
          ])}
        />
      )}
    </section>
  ) : null;
