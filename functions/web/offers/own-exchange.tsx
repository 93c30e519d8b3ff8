import type { Context } from 'hono';
import {
  joinExchange,
  leaveExchange,
  type OwnExchange,
  ownExchange,
  rankInExchange,
} from '#functions/commands/own-exchange.ts';
import { statusOf } from '#functions/http/problem.ts';
import { type Filter, readFilter, writeFilter } from '#shared/domain/vacancy-search.ts';
import type { Refusal } from '#shared/errors.ts';
import { askedOf } from '../apply/application.ts';
import { MoreChoices, pressedIn, RankedChoices, RefusedOrder } from '../apply/rank-parts.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { ConsentForm } from './consent-form.tsx';

/** What a page that was refused says above what stands now. */
type Again = { refusal?: Refusal; errors?: readonly FieldError[]; filter?: Filter };

/** The second chance for one person: what it is, the own consent, and for who gave it the posts that stay empty. */
export const showOwnExchange = (deps: WebDeps) => async (c: Context) => await exchangePage(deps, c);

const exchangePage = async (deps: WebDeps, c: Context, again: Again = {}): Promise<Response> => {
  const asked = askedOf(c);
  const found = asked.ok ? await ownExchange(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const { refusal, errors = [], filter = readFilter(c.req.query()) } = again;
  const props = { view: viewOf(c), of: found.value, filter, errors };
  const status = refusal ? statusOf(refusal) : 200;
  return c.html(<ExchangePage {...props} refusal={refusal} />, errors.length > 0 ? 422 : status);
};

/** Only a ticked box is a consent. */
export const postJoin = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  if (one(await readTyped(c), 'agree') !== 'yes') {
    return await exchangePage(deps, c, { errors: [{ field: 'agree', text: t('exchange.agreeNeeded') }] });
  }
  const joined = await joinExchange(deps, asked.value);
  if (!joined.ok) return refusalPage(c, joined.error);
  return c.redirect(
    `${paths.ownExchange(t.locale, asked.value.applicationId)}?done=exchange.done.joined`,
    303,
  );
};

/** One press: a post more or less, or another order, from the order that the page showed. */
export const postExchangeChoices = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const pressed = pressedIn(await readTyped(c));
  if (!pressed) return refusalPage(c, { kind: 'not-found', what: 'vacancy' });
  const { filter, basedOn, codes: choices } = pressed;
  const ranked = await rankInExchange(deps, { ...asked.value, basedOn, choices });
  if (!ranked.ok) return await exchangePage(deps, c, { refusal: ranked.error, filter });
  const back = paths.ownExchange(t.locale, asked.value.applicationId);
  return c.redirect(`${back}${writeFilter(filter)}#chosen`, 303);
};

export const postLeave = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  const left = asked.ok ? await leaveExchange(deps, asked.value) : asked;
  if (!asked.ok || !left.ok) return refusalPage(c, left.ok ? noPage : left.error);
  const back = paths.ownExchange(viewOf(c).t.locale, asked.value.applicationId);
  return c.redirect(`${back}?done=exchange.done.left`, 303);
};

const noPage: Refusal = { kind: 'not-found', what: 'page' };

type Props = { view: View; of: OwnExchange; filter: Filter; errors: readonly FieldError[] };

const ExchangePage = ({ refusal, ...props }: Props & { refusal: Refusal | undefined }) => {
  const { view, of, errors } = props;
  const { t } = view;
  const { application, file, exchange, own, isOpen } = of;
  return (
    <Page
      view={view}
      title={t('exchange.title')}
      caption={textIn(t, file.title)}
      failed={refusal !== undefined || errors.length > 0}
      back={{ href: paths.application(t.locale, application.id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      {refusal && <RefusedOrder t={t} refusal={refusal} />}
      <p>{t('exchange.text')}</p>
      <p>{t('exchange.order')}</p>
      {isOpen && <Inset>{t('exchange.until', { until: t.moment(exchange.until, file.timeZone) })}</Inset>}
      {!isOpen && <Inset>{t(exchange.ran ? 'exchange.ran' : 'exchange.over')}</Inset>}
      {own ? <Choosing {...props} /> : <Joining {...props} />}
    </Page>
  );
};

const Joining = ({ view: { t }, of, errors }: Props) => {
  const { application, rule, isOpen, isUnplaced } = of;
  if (!isOpen) return <p>{t('exchange.notJoined')}</p>;
  if (!isUnplaced) return <p>{t('exchange.notUnplaced')}</p>;
  return (
    <ConsentForm
      t={t}
      action={paths.ownExchange(t.locale, application.id)}
      rule={rule}
      agree={t('exchange.agree')}
      join={t('exchange.join')}
      errors={errors}
    />
  );
};

const Choosing = ({ view: { t }, of, filter }: Props) => {
  const { application, rule, own, isOpen, posts, chosen } = of;
  const choices = own?.choices ?? [];
  const action = paths.ownExchangeChoices(t.locale, application.id);
  const page = paths.ownExchange(t.locale, application.id);
  return (
    <>
      {isOpen && chosen.length === 0 && <WarningText t={t}>{t('exchange.nothingChosen')}</WarningText>}
      <RankedChoices
        t={t}
        action={action}
        filter={filter}
        choices={choices}
        chosen={chosen}
        limit={rule.limit}
        changeable={isOpen}
      />
      {isOpen && chosen.length < rule.limit && (
        <MoreChoices t={t} action={action} asked={page} filter={filter} choices={choices} vacancies={posts} />
      )}
      {isOpen && (
        <Details summary={t('exchange.leave.title')}>
          <p>{t('exchange.leave.text')}</p>
          <form method="post" action={paths.leaveExchange(t.locale, application.id)}>
            <Button kind="warning">{t('exchange.leave')}</Button>
          </form>
        </Details>
      )}
    </>
  );
};
