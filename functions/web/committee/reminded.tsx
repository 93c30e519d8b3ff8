import type { InterviewsView } from '#functions/commands/interview-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';

/** Which applicants had a letter before their interview, about what and when. */
export const Reminded = ({ t, plan: { reminded, place } }: { t: Translator; plan: InterviewsView }) =>
  reminded.length > 0 ? (
    <Table
      caption={t('interview.reminded')}
      head={[t('apply.numberName'), t('interview.reminded.about'), t('interview.reminded.at')]}
      rows={reminded.map(({ number, about, at }) => [
        <span class="whole">{number}</span>,
        t(`interview.reminded.${about}`),
        t.moment(at, place.file.timeZone),
      ])}
    />
  ) : null;
