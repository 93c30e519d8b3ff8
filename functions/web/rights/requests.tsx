import type { Context } from 'hono';
import { namedIn } from '#functions/commands/closed-items.ts';
import {
  answerDataRequest,
  type ListedRequest,
  type RequestView,
  readDataRequest,
  requestsSeenBy,
  type SeenRequests,
} from '#functions/commands/data-request-answers.ts';
import { openPaper } from '#functions/commands/request-papers.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { type DataRequest, Outcome, receivedPapers, refusedPapers } from '#shared/domain/data-request.ts';
import { DataRequestId, DocumentId, type PersonId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ClosedItems } from '../closed-items.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { RefusedPapers } from './refused-papers.tsx';

/** What is to be answered, first what is due first. */
export const showRequests = (deps: WebDeps) => async (c: Context) => {
  const list = await requestsSeenBy(deps, requireActor(c, rolesFor('data-request.answer')));
  const names = await namesOf(deps, namedIn(list.closed));
  return c.html(<ListPage view={viewOf(c)} list={list} names={names} now={deps.clock.now()} />);
};

export const showRequest = (deps: WebDeps) => async (c: Context) => {
  const found = await requestIn(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const props = { view: viewOf(c), found: found.value, now: deps.clock.now() };
  return c.html(<RequestPage {...props} typed="" errors={[]} />);
};

/** An answer that is refused comes back as it was typed. */
export const postAnswer = (deps: WebDeps) => async (c: Context) => {
  const id = DataRequestId.safeParse(c.req.param('request'));
  const typed = await readTyped(c);
  const outcome = Outcome.safeParse(one(typed, 'outcome'));
  if (!id.success || !outcome.success) return refusalPage(c, notFound);
  const view = viewOf(c);
  const by = requireActor(c, rolesFor('data-request.answer'));
  const text = one(typed, 'text');
  const answered = await answerDataRequest(deps, { by, id: id.data, outcome: outcome.data, text });
  if (answered.ok) {
    return c.redirect(`${paths.dataRequests(view.t.locale)}?done=rights.done.answered`, 303);
  }
  const errors = errorsOf(answered.error, view.t);
  if (errors.length === 0) return refusalPage(c, answered.error);
  const found = await requestIn(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const props = { view, found: found.value, now: deps.clock.now(), typed: text, errors };
  return c.html(<RequestPage {...props} />, statusOf(answered.error));
};

/** Leads to a signed paper. Opening it is put on record. */
export const openSignedPaper = (deps: WebDeps) => async (c: Context) => {
  const requestId = DataRequestId.safeParse(c.req.param('request'));
  const paper = DocumentId.safeParse(c.req.param('paper'));
  if (!requestId.success || !paper.success) return refusalPage(c, notFound);
  const by = requireActor(c, rolesFor('data-request.answer'));
  const opening = await openPaper(deps, { by, requestId: requestId.data, paper: paper.data });
  return opening.ok ? c.redirect(opening.value.url, 303) : refusalPage(c, opening.error);
};

const errorsOf = (refusal: Refusal, t: Translator): FieldError[] => {
  if (refusal.kind === 'reason-needed') return [{ field: 'text', text: t('problems.reason-needed.help') }];
  return refusal.kind === 'invalid' ? fieldErrors(refusal.faults, t) : [];
};

const requestIn = async (deps: WebDeps, c: Context) => {
  const id = DataRequestId.safeParse(c.req.param('request'));
  if (!id.success) return { ok: false, error: notFound } as const;
  const by = requireActor(c, rolesFor('data-request.answer'));
  return await readDataRequest(deps, { by, id: id.data });
};

const notFound = { kind: 'not-found', what: 'data-request' } as const;

type ListProps = { view: View; list: SeenRequests; names: ReadonlyMap<PersonId, string>; now: Instant };

const ListPage = ({ view, list, names, now }: ListProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('rights.staff.title')}
      back={{ href: paths.manage(t.locale), text: t('common.manage') }}
      wide
    >
      <p>{t('rights.staff.text')}</p>
      {list.open.length + list.closed.length === 0 && <Inset>{t('rights.staff.none')}</Inset>}
      {list.open.length > 0 && <Lines t={t} caption={t('rights.staff.open')} lines={list.open} now={now} />}
      <ClosedItems t={t} closed={list.closed} names={names} />
      {list.answered.length > 0 && (
        <Lines t={t} caption={t('rights.staff.answered')} lines={list.answered} now={now} />
      )}
    </Page>
  );
};

type LinesProps = { t: Translator; caption: string; lines: readonly ListedRequest[]; now: Instant };

/** The paper that the person signed at the desk; without it nothing is granted. */
const Papers = ({ t, of }: { t: Translator; of: DataRequest }) => {
  const papers = receivedPapers(of);
  if (papers.length === 0) return <Tag colour="yellow">{t('desk.rights.missing')}</Tag>;
  return (
    <ul class="govuk-list">
      {papers.map(({ id, announcedAt }) => (
        <li>
          <a href={paths.signedPaper(t.locale, of.id, id)}>
            {t('desk.rights.open', { at: t.moment(announcedAt) })}
          </a>
        </li>
      ))}
    </ul>
  );
};

const Lines = ({ t, caption, lines, now }: LinesProps) => (
  <Table
    caption={caption}
    head={[
      t('rights.request.kind'),
      t('rights.staff.about'),
      t('rights.request.filed'),
      t('rights.request.due'),
      t('rights.request.outcome'),
    ]}
    rows={lines.map(({ request, number }) => [
      <a href={paths.dataRequest(t.locale, request.id)}>{t(`rights.kind.${request.kind}`)}</a>,
      number ?? t('rights.staff.account'),
      t.moment(request.filedAt),
      t.moment(request.dueAt),
      <State t={t} line={{ request, number }} now={now} />,
    ])}
  />
);

const State = ({ t, line: { request }, now }: { t: Translator; line: ListedRequest; now: Instant }) => {
  if (request.answered) return <>{t(`rights.outcome.${request.answered.outcome}`)}</>;
  return now < request.dueAt ? (
    <Tag colour="yellow">{t('rights.request.open')}</Tag>
  ) : (
    <Tag colour="red">{t('rights.staff.overdue')}</Tag>
  );
};

type RequestProps = {
  view: View;
  found: RequestView;
  now: Instant;
  typed: string;
  errors: readonly FieldError[];
};

const RequestPage = ({ view, found, now, typed, errors }: RequestProps) => {
  const { t } = view;
  const { request, number, text, answer } = found;
  return (
    <Page
      view={view}
      title={t(`rights.kind.${request.kind}`)}
      caption={number ?? t('rights.staff.account')}
      failed={errors.length > 0}
      back={{ href: paths.dataRequests(t.locale), text: t('rights.staff.title') }}
    >
      <ErrorSummary t={t} errors={errors} />
      <Inset>{t('rights.staff.onRecord')}</Inset>
      <Facts
        facts={[
          { name: t('rights.request.filed'), value: t.moment(request.filedAt) },
          { name: t('rights.request.due'), value: t.moment(request.dueAt) },
          { name: t('rights.request.outcome'), value: <State t={t} line={found} now={now} /> },
          ...(text === undefined ? [] : [{ name: t('rights.staff.typed'), value: text }]),
          ...(answer === undefined ? [] : [{ name: t('rights.staff.answer'), value: answer }]),
          ...(request.assisted
            ? [
                {
                  name: t('desk.rights.signed'),
                  value: (
                    <>
                      <Papers t={t} of={request} />
                      <RefusedPapers t={t} refused={refusedPapers(request)} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {!request.answered && <AnswerForm t={t} request={request} typed={typed} errors={errors} />}
    </Page>
  );
};

type AnswerProps = Pick<RequestProps, 'typed' | 'errors'> & {
  t: Translator;
  request: RequestProps['found']['request'];
};

const AnswerForm = ({ t, request, typed, errors }: AnswerProps) => (
  <form method="post" action={paths.dataRequest(t.locale, request.id)} novalidate>
    <TextArea
      t={t}
      name="text"
      label={t('rights.staff.answer')}
      hint={t('rights.staff.answer.hint')}
      value={typed}
      errors={errors}
    />
    {request.kind === 'erasure' && (
      <WarningText t={t}>
        {request.assisted
          ? t('rights.staff.erase.warning.desk', { at: t.moment(request.dueAt) })
          : t('rights.staff.erase.warning')}
      </WarningText>
    )}
    <Button name="outcome" value="done" {...(request.kind === 'erasure' && { kind: 'warning' })}>
      {t(`rights.staff.done.${request.kind}`)}
    </Button>{' '}
    <Button name="outcome" value="refused" kind="secondary">
      {t('rights.staff.refuse')}
    </Button>
  </form>
);
