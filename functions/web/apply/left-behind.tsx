import type { ApplicationView } from '#functions/commands/applications.ts';
import { deadlineOf } from '../calls/facts.ts';
import { WarningText } from '../fields.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** Whether what was begun is still taken: while the call is open, and in the grace after it. */
export const isTaken = ({ open, grace }: Pick<ApplicationView, 'open' | 'grace'>): boolean =>
  open || grace !== undefined;

/** Whether a draft was left behind by its call: it can be read, and neither changed nor submitted. */
export const isLeftBehind = (application: ApplicationView): boolean =>
  application.draft !== undefined && !isTaken(application);

/** On each page of such a draft, before anybody goes on typing. */
export const LeftBehind = ({
  view: { t, assisted },
  application,
}: {
  view: View;
  application: ApplicationView;
}) => {
  if (!isLeftBehind(application)) return null;
  const { round, file } = application;
  return (
    <>
      <WarningText t={t}>
        {round.stage === 'cancelled'
          ? t('apply.leftBehind.cancelled')
          : t('apply.leftBehind', { at: t.moment(deadlineOf(round), file.timeZone) })}
      </WarningText>
      <p>
        {t('apply.leftBehind.data')}{' '}
        <a href={paths.data(t.locale, assisted?.personId)}>{t('rights.title')}</a>
      </p>
    </>
  );
};
