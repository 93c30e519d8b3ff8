import type { Workplace } from '#functions/commands/workplace.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';

type Props = { t: Translator; place: Workplace };

/** What an interview that is owed can still lead to once offers are made, and what there is instead once they have ended. */
export const MeantimeNote = ({ t, place }: Props) => {
  const { stage } = place.round.state;
  if (stage !== 'offers' && stage !== 'onboarding') return null;
  return (
    <Inset>
      <p>{t(`owed-interview.${stage}`)}</p>
      <Ways t={t} place={place} />
    </Inset>
  );
};

/** Where it is listed what corrections owe to whom, as far as the reader comes there. */
export const Ways = ({ t, place: { by, round } }: Props) => {
  const { stage } = round.state;
  const links: [Action, string, MessageKey][] =
    stage === 'offers'
      ? [
          ['correction.read', paths.editionDebts(t.locale, round.id), 'remedy.edition.title'],
          ['remedy.decide', paths.remedies(t.locale, round.id), 'remedy.title'],
        ]
      : [['correction.read', paths.corrections(t.locale, round.id), 'corrections.title']];
  const open = links.filter(([action]) => permit(action, by.role, stage).ok);
  if (open.length === 0) return null;
  return (
    <ul class="govuk-list">
      {open.map(([, href, title]) => (
        <li>
          <a href={href}>{t(title)}</a>
        </li>
      ))}
    </ul>
  );
};
