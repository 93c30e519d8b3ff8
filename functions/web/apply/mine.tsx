import type { Context } from 'hono';
import { myApplications } from '#functions/commands/applications.ts';
import { returnedTo } from '#functions/commands/returned-letters.ts';
import { publicCalls } from '#functions/commands/rounds.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Returned } from '#shared/domain/person.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { PublicCall } from '../calls/facts.ts';
import { deadlineOf } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { LinkButton } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { type Colour, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { ReturnedNotice } from '../returned.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { isTaken } from './left-behind.tsx';

/** Everything that a person has begun, newest first. */
export const showMine = (deps: WebDeps) => async (c: Context) => {
  const by = applicantOf(c);
  const [applications, calls, returned] = await Promise.all([
    myApplications(deps, by),
    publicCalls(deps),
    returnedTo(deps, by.personId),
  ]);
  const mine = { applications: applications.map(({ state }) => state), calls, returned };
  return c.html(<MinePage view={viewOf(c)} {...mine} />);
};

type MineProps = {
  view: View;
  applications: readonly Application[];
  calls: readonly PublicCall[];
  returned: Returned | undefined;
};

const MinePage = ({ view, applications, calls, returned }: MineProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t('common.myApplications')}>
      <ReturnedNotice t={t} returned={returned} />
      {applications.length === 0 && <p>{t('apply.mine.none')}</p>}
      {applications.map((application) => (
        <Line
          t={t}
          application={application}
          call={calls.find(({ round }) => round.id === application.roundId)}
        />
      ))}
      {applications.length === 0 && (
        <LinkButton href={paths.calls(t.locale)}>{t('apply.mine.toCalls')}</LinkButton>
      )}
    </Page>
  );
};

type LineProps = { t: Translator; application: Application; call: PublicCall | undefined };

const Line = ({ t, application, call }: LineProps) => {
  const unfinished = application.stage === 'draft' || isAmended(application);
  const taken = call !== undefined && isTaken(call);
  return (
    <article class="card">
      <h2 class="govuk-heading-s">
        <a href={paths.application(t.locale, application.id)}>
          {call ? textIn(t, call.file.title) : application.number}
        </a>{' '}
        {application.stage === 'draft' && !taken ? (
          <Tag colour="grey">{t('apply.stage.leftBehind')}</Tag>
        ) : (
          <Tag colour={colours[application.stage]}>{t(`apply.stage.${application.stage}`)}</Tag>
        )}
        {taken && isAmended(application) && (
          <>
            {' '}
            <Tag colour="yellow">{t('amend.open')}</Tag>
          </>
        )}
      </h2>
      <p>
        {t('apply.numberName')}: <span class="whole">{application.number}</span>.{' '}
        {call && taken && unfinished && <ClosesAt t={t} call={call} />}
      </p>
    </article>
  );
};

const ClosesAt = ({ t, call: { round, file, grace } }: { t: Translator; call: PublicCall }) => (
  <>
    {grace
      ? t('apply.grace', { at: t.moment(grace, file.timeZone) })
      : t('call.closesAt', { at: t.moment(deadlineOf(round), file.timeZone) })}
  </>
);

/** Opened again and not submitted anew. */
const isAmended = (application: Application): boolean =>
  application.stage === 'submitted' && application.amendment !== undefined;

const colours: Record<Application['stage'], Colour> = {
  draft: 'blue',
  submitted: 'green',
  withdrawn: 'grey',
};
