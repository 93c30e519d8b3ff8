import type { ShownOwed } from '#functions/commands/owed-interview-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { WarningText } from '../fields.tsx';
import { Tag } from '../parts.tsx';
import { owedPaths } from './paths.ts';

/** That something is open of what the applicant needs, for the secretary alone. */
export const OpenTags = ({ t, open }: { t: Translator; open: ShownOwed['open'] }) => (
  <>
    {(open?.lacking || open?.stepsUntold) && <Tag colour="red">{t('owed-interview.unfit')}</Tag>}{' '}
    {open?.toArrange && <Tag colour="orange">{t('owed-interview.unarranged')}</Tag>}
  </>
);

/** Whether `OpenNeeds` says anything, and with it the way. */
export const hasOpenNeeds = ({ open }: ShownOwed): boolean =>
  open !== undefined && (open.lacking || open.stepsUntold || open.toArrange);

type Props = { t: Translator; roundId: string; owed: ShownOwed };

/** What is open of what the applicant needs, with the way to where it says what. */
export const OpenNeeds = ({ t, roundId, owed: { open, applicationId } }: Props) => {
  const said = [
    ...(open?.lacking ? [t('owed-interview.unfit.text')] : []),
    ...(open?.stepsUntold ? [t('interview.stepsUntold')] : []),
    ...(open?.toArrange ? [t('owed-interview.unarranged.text')] : []),
  ];
  return (
    <>
      {said.map((text) => (
        <WarningText t={t}>
          {text} <a href={owedPaths.held(t.locale, roundId, applicationId)}>{t('interview.adjustments')}</a>
        </WarningText>
      ))}
    </>
  );
};
