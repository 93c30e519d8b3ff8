import type { ApplicationView } from '#functions/commands/applications.ts';
import { deadlineOf } from '../calls/facts.ts';
import { WarningText } from '../fields.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** Whether a draft was left behind by its call: it can be read, and neither changed nor submitted. */
export const isLeftBehind = ({ draft, open, grace }: ApplicationView): boolean =>
  draft !== undefined && !open && grace === undefined;

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
