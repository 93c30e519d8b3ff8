import type { Context } from 'hono';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import type { ApplicationView } from '#functions/commands/applications.ts';
import { ownOffers } from '#functions/commands/offer-place.ts';
import { elsewhereLists } from '#functions/commands/own-elsewhere.ts';
import { exchangeOf } from '#functions/commands/own-exchange.ts';
import { returnedTo } from '#functions/commands/returned-letters.ts';
import { sharesIin } from '#functions/commands/same-iin.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Offer } from '#shared/domain/candidacy.ts';
import type { BroughtList } from '#shared/domain/elsewhere.ts';
import type { Returned } from '#shared/domain/person.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { deadlineOf } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { ElsewhereLinks } from '../elsewhere/links.tsx';
import { LinkButton, WarningText } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { OfferLinks } from '../offers/status.tsx';
import { Facts, Inset, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { ReturnedNotice } from '../returned.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Amending, AmendmentOf } from './amendment.tsx';
import { applicationOf } from './application.ts';
import { OpenInquiry } from './inquiry.tsx';
import { isLeftBehind, LeftBehind } from './left-behind.tsx';
import { addressOf, statusOf, type TaskStatus, tasksOf } from './tasks.ts';
import { OwnTimeline } from './timeline.tsx';

/** An application as its owner sees it: what is left to do, or how far it has come. */
export const showApplication = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  if (found.value.draft) {
    return c.html(<TaskListPage view={view} application={found.value} />);
  }
  const { asked } = found.value;
  const { round, file } = found.value;
  const [offers, timeline, alike, returned, elsewhere] = await Promise.all([
    ownOffers(deps, asked),
    ownTimeline(deps, asked),
    sharesIin(deps, found.value.application),
    returnedTo(deps, asked.by.personId),
    elsewhereLists(deps, { id: asked.applicationId, round, file }),
  ]);
  if (!offers.ok) return refusalPage(c, offers.error);
  if (!timeline.ok) return refusalPage(c, timeline.error);
  const shown = { offers: offers.value, steps: timeline.value.steps, alike, returned, elsewhere };
  return c.html(<ProgressPage view={view} application={found.value} {...shown} />);
};

type Props = { view: View; application: ApplicationView };

/** The list of one's own applications; at the desk the page of the person whose application it is. */
const toAll = ({ t, assisted }: View) =>
  assisted
    ? { href: assisted.href, text: assisted.name }
    : { href: paths.applications(t.locale), text: t('common.myApplications') };

const TaskListPage = ({ view, application }: Props) => {
  const { t } = view;
  const { round, file } = application;
  const { id, number } = application.application;
  const tasks = tasksOf(application);
  const done = tasks.filter((task) => ['complete', 'optional'].includes(statusOf(application, task)));
  return (
    <Page view={view} title={t('apply.title')} caption={textIn(t, file.title)} back={toAll(view)}>
      <p>
        {t('apply.numberName')}: <span class="whole">{number}</span>.{' '}
        {application.open && `${t('call.closesAt', { at: t.moment(deadlineOf(round), file.timeZone) })}.`}
      </p>
      <LeftBehind view={view} application={application} />
      <Amending t={t} application={application} />
      {application.grace && (
        <Inset>{t('apply.grace', { at: t.moment(application.grace, file.timeZone) })}</Inset>
      )}
      <p>{t('apply.tasksDone', { done: done.length, count: tasks.length })}</p>
      <ul class="govuk-task-list">
        {tasks.map((task) => (
          <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
              <a
                class="govuk-link govuk-task-list__link"
                href={addressOf(t.locale, id, task)}
                aria-describedby={`status-${task}`}
              >
                {t(`apply.task.${task}`)}
              </a>
            </div>
            <div class="govuk-task-list__status" id={`status-${task}`}>
              <Status t={t} status={statusOf(application, task)} />
            </div>
          </li>
        ))}
      </ul>
      {!isLeftBehind(application) && (
        <LinkButton href={paths.check(t.locale, id)}>{t('apply.checkAnswers')}</LinkButton>
      )}
      <p>
        <a href={paths.withdraw(t.locale, id)}>{t('apply.withdraw.link')}</a>
      </p>
    </Page>
  );
};

const Status = ({ t, status }: { t: Translator; status: TaskStatus }) => {
  const text = t(`apply.status.${status}`);
  if (status === 'complete') return <>{text}</>;
  return (
    <Tag colour={status === 'incomplete' ? 'yellow' : status === 'optional' ? 'grey' : 'blue'}>{text}</Tag>
  );
};

type ProgressProps = Props & {
  offers: readonly Offer[];
  steps: readonly TimelineStep[];
  /** Another application has the same IIN. */
  alike: boolean;
  returned: Returned | undefined;
  /** Lists of posts of other regions that it is asked about. */
  elsewhere: readonly BroughtList[];
};

const ProgressPage = (props: ProgressProps) => {
  const { view, application, offers, steps, alike, returned, elsewhere } = props;
  const { t } = view;
  const { file } = application;
  const { id, number, stage } = application.application;
  return (
    <Page
      view={view}
      title={stage === 'withdrawn' ? t('apply.withdrawn.title') : t('apply.submitted.title')}
      caption={textIn(t, file.title)}
      back={toAll(view)}
    >
      <ReturnedNotice t={t} returned={returned} />
      {alike && <WarningText t={t}>{t('apply.sameIin')}</WarningText>}
      <Facts
        facts={[
          { name: t('apply.numberName'), value: <strong>{number}</strong> },
          { name: t('apply.roundStage'), value: stageName(t, application.round.stage) },
        ]}
      />
      <OfferLinks t={t} id={id} offers={offers} />
      <OpenInquiry t={t} id={id} steps={steps} zone={file.timeZone} />
      <h2 class="govuk-heading-m">{t('apply.timeline')}</h2>
      <OwnTimeline t={t} id={id} steps={steps} zone={file.timeZone} />
      {hasReceipt(application) && (
        <LinkButton href={paths.receipt(t.locale, id)} kind="secondary">
          {t('apply.receipt.see')}
        </LinkButton>
      )}
      <p>
        <a href={paths.documents(t.locale, id)}>{t('apply.task.documents')}</a>
      </p>
      {file.references && stage === 'submitted' && (
        <p>
          <a href={paths.references(t.locale, id)}>{t('apply.task.references')}</a>
        </p>
      )}
      <Selection t={t} application={application} />
      <ElsewhereLinks t={t} id={id} lists={elsewhere} />
      <AmendmentOf t={t} application={application} />
      {stage === 'submitted' && (
        <p>
          <a href={paths.withdraw(t.locale, id)}>{t('apply.withdraw.link')}</a>
        </p>
      )}
    </Page>
  );
};

/** What the round asks for after its call has closed. */
const Selection = ({
  t,
  application: { application, round, file },
}: {
  t: Translator;
  application: ApplicationView;
}) => {
  if (application.stage !== 'submitted' || !('enteredAt' in round)) return null;
  return (
    <ul class="govuk-list">
      {round.stage === 'offers' && (
        <li>
          <a href={paths.waiting(t.locale, application.id)}>{t('waiting.link')}</a>
        </li>
      )}
      {exchangeOf({ round, file }) && (
        <li>
          <a href={paths.ownExchange(t.locale, application.id)}>{t('exchange.title')}</a>
        </li>
      )}
      {round.stage === 'interviews' && (
        <li>
          <a href={paths.interview(t.locale, application.id)}>{t('interview.toOwn')}</a>
        </li>
      )}
      <li>
        <a href={paths.result(t.locale, application.id)}>{t('results.own')}</a>
      </li>
    </ul>
  );
};

const hasReceipt = ({ application }: ApplicationView): boolean =>
  application.stage !== 'draft' && application.receipt !== undefined;
