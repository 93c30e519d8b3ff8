import type { Context } from 'hono';
import { arrangeNeeds, type NeedsView, type OpenNeeds } from '#functions/commands/interview-needs.ts';
import type { OneInterview } from '#functions/commands/one-interview.ts';
import type { TimetableDraft } from '#functions/commands/timetable.ts';
import type { AccessNeed } from '#shared/domain/access-need.ts';
import { type ApplicationId, Sha256 } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden, WarningText } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { owedPaths } from '../owed/paths.ts';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { needNames } from '../words.ts';
import { heldPaths } from './held-paths.ts';

/** The secretary confirms that what was read is arranged, or takes that back; also for an interview that was owed. */
export const postNeeds =
  (deps: WebDeps, owed?: true) =>
  async (c: Context): Promise<Response> => {
    const command = candidacyCommand(c, owed ? 'owed-interview.plan' : 'interview.plan');
    if (!command.ok) return refusalPage(c, command.error);
    const typed = await readTyped(c);
    const basis = Sha256.safeParse(one(typed, 'basis')).data;
    if (!basis) return refusalPage(c, { kind: 'changed-meanwhile' });
    const arranged = one(typed, 'arranged') === 'yes';
    const noted = await arrangeNeeds(deps, { ...command.value, owed, basis, arranged });
    if (!noted.ok) return refusalPage(c, noted.error);
    const { roundId, applicationId } = command.value;
    const page = (owed ? owedPaths.held : paths.interviewed)(viewOf(c).t.locale, roundId, applicationId);
    return c.redirect(`${page}?done=interview.done.noted`, 303);
  };

/** To who plans or holds the interview. */
export const neededOf = (t: Translator, needs: readonly AccessNeed[]): string =>
  needNames(t, needs, 'interview.other.said');

/** Everything that is needed, in the words of the list and then in the applicant's. */
export const Needs = ({ t, of: { needs, other } }: { t: Translator; of: NeedsView }) => (
  <>
    {neededOf(t, other ? needs.filter((need) => need !== 'other') : needs) || (other ? '' : '–')}
    {other && <div class="typed">{other}</div>}
  </>
);

type InterviewProps = { t: Translator; interview: OneInterview };

/** What the time lacks, and what a person arranges. */
export const Arranging = ({ t, interview }: InterviewProps) => {
  const { needs, place, line } = interview;
  // Nothing is to be arranged for who did not come.
  if (!needs || line.missed) return null;
  const { lacking, stepsUntold, arranging } = needs;
  const { basis, arrangedAt: at } = arranging;
  const names = neededOf(t, arranging.needs);
  return (
    <>
      {lacking.length > 0 && (
        <WarningText t={t}>
          {t('interview.lacking', { lacks: lacking.map((lack) => t(`panel.lacks.${lack}`)).join(', ') })}
        </WarningText>
      )}
      {stepsUntold && (
        <WarningText t={t}>
          {t('interview.stepsUntold')}{' '}
          {!interview.owed && (
            <a href={`${paths.interviews(t.locale, place.round.id)}#steps`}>{t('interview.steps.say')}</a>
          )}
        </WarningText>
      )}
      {names !== '' && basis && (
        <form method="post" action={heldPaths.needs(t.locale, interview)}>
          {at ? (
            <p>{t('interview.arranged', { needs: names, at: t.moment(at, place.file.timeZone) })}</p>
          ) : (
            <WarningText t={t}>{t('interview.toArrange', { needs: names })}</WarningText>
          )}
          <Hidden name="basis" value={basis} />
          <Hidden name="arranged" value={at ? 'no' : 'yes'} />
          <Button kind="secondary">{t(at ? 'interview.arrange.back' : 'interview.arrange')}</Button>
        </form>
      )}
    </>
  );
};

type WarningProps = { t: Translator; draft: TimetableDraft; open: OpenNeeds };

/** By number, with the way to the interview, where it says what is needed. */
export const NeedWarnings = ({ t, draft, open: { toArrange, lacking, stepsUntold } }: WarningProps) => (
  <>
    <StepsNote t={t} draft={draft} />
    {toArrange.length > 0 && (
      <WarningText t={t}>
        {t('timetable.toArrange')} <Numbers t={t} draft={draft} ids={toArrange} />
      </WarningText>
    )}
    {lacking.length > 0 && (
      <WarningText t={t}>
        {t('timetable.lacking')} <Numbers t={t} draft={draft} ids={lacking} />
      </WarningText>
    )}
    {stepsUntold.length > 0 && (
      <WarningText t={t}>
        {t('timetable.stepsUntold')} <Numbers t={t} draft={draft} ids={stepsUntold} />
      </WarningText>
    )}
  </>
);

/** What the timetable takes times for of which nobody said whether steps are in the way. */
const StepsNote = ({ t, draft }: Omit<WarningProps, 'open'>) => {
  const { untold, place } = draft;
  if (untold === 0) return null;
  return (
    <Inset>
      <p>{t('timetable.steps', { count: untold })}</p>
      <p class="screen-only">
        <a href={`${paths.interviews(t.locale, place.round.id)}#steps`}>{t('interview.steps.say')}</a>
      </p>
    </Inset>
  );
};

type NumbersProps = { t: Translator; draft: TimetableDraft; ids: readonly ApplicationId[] };

const Numbers = ({ t, draft: { place, candidacies }, ids }: NumbersProps) => (
  <>
    {ids.map((id, index) => (
      <>
        {index > 0 && ', '}
        <a class="whole" href={paths.interviewed(t.locale, place.round.id, id)}>
          {candidacies.get(id)?.number}
        </a>
      </>
    ))}
  </>
);
