import type { InterviewsView } from '#functions/commands/interview-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';

type Props = { t: Translator; plan: InterviewsView };

/** Who has no time yet; nothing where everybody has one. */
export const Unbooked = ({ t, plan }: Props) =>
  plan.unbooked.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('interview.unbooked', { count: plan.unbooked.length })}</h2>
      <p>
        {plan.unbooked.map(({ number }, index) => (
          <>
            {index > 0 && ', '}
            <span class="whole">{number}</span>
          </>
        ))}
      </p>
      <CalledOff t={t} plan={plan} />
    </section>
  );

/** When the interviews were to be that were called off, of those who have no other time yet. */
const CalledOff = ({ t, plan: { unbooked, place } }: Props) => {
  const waiting = unbooked
    .flatMap(({ number, calledOff }) => (calledOff ? [{ number, calledOff }] : []))
    .toSorted((a, b) => (a.calledOff < b.calledOff ? -1 : 1));
  if (waiting.length === 0) return null;
  return (
    <Table
      caption={t('interview.calledOff.times')}
      head={[t('interview.calledOff.time'), t('apply.numberName')]}
      rows={waiting.map(({ number, calledOff }) => [
        t.moment(calledOff, place.file.timeZone),
        <span class="whole">{number}</span>,
      ])}
    />
  );
};
