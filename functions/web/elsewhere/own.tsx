import type { Context } from 'hono';
import * as z from 'zod';
import {
  type ElsewhereCommand,
  joinElsewhere,
  leaveElsewhere,
  type OwnElsewhere,
  ownElsewhere,
  rankElsewhere,
} from '#functions/commands/own-elsewhere.ts';
import { statusOf } from '#functions/http/problem.ts';
import { type Answer, effectOf, goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { regionName } from '#shared/domain/region.ts';
import { type Filter, readFilter, select, writeFilter } from '#shared/domain/vacancy-search.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { askedOf } from '../apply/application.ts';
import { MoreChoices, pressedIn, RankedChoices, RefusedOrder } from '../apply/rank-parts.tsx';
import { Pages } from '../calls/vacancies.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { ConsentForm } from '../offers/consent-form.tsx';
import { Details, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { dateIn, incentiveName, schoolName, subjectName, textIn } from '../words.ts';

const listAsked = (c: Context): Result<ElsewhereCommand, Refusal> => {
  const asked = askedOf(c);
  if (!asked.ok) return asked;
  const number = z.coerce.number().int().min(1).safeParse(c.req.param('list'));
  return number.success
    ? ok({ ...asked.value, list: number.data })
    : refuse({ kind: 'not-found', what: 'page' });
};

/** What a page that was refused says above what stands now. */
type Again = { refusal?: Refusal; errors?: readonly FieldError[]; filter?: Filter };

/** Posts of another region for one person, the own consent, and for who gave it the own order. */
export const showOwn = (deps: WebDeps) => async (c: Context) => await ownPage(deps, c);

const ownPage = async (deps: WebDeps, c: Context, again: Again = {}): Promise<Response> => {
  const asked = listAsked(c);
  const found = asked.ok ? await ownElsewhere(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const { refusal, errors = [], filter = readFilter(c.req.query()) } = again;
  const props = { view: viewOf(c), of: found.value, filter, errors };
  const status = refusal ? statusOf(refusal) : 200;
  return c.html(<OwnPage {...props} refusal={refusal} />, errors.length > 0 ? 422 : status);
};

/** Only a ticked box is a consent. */
export const postJoin = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const asked = listAsked(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  if (one(await readTyped(c), 'agree') !== 'yes') {
    return await ownPage(deps, c, { errors: [{ field: 'agree', text: t('exchange.agreeNeeded') }] });
  }
  const joined = await joinElsewhere(deps, asked.value);
  return joined.ok ? done(c, asked.value, '?done=elsewhere.done.joined') : refusalPage(c, joined.error);
};

/** One press: a post more or less, or another order, from the order that the page showed. */
export const postChoices = (deps: WebDeps) => async (c: Context) => {
  const asked = listAsked(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const pressed = pressedIn(await readTyped(c));
  if (!pressed) return refusalPage(c, { kind: 'not-found', what: 'vacancy' });
  const { filter, basedOn, codes: choices } = pressed;
  const ranked = await rankElsewhere(deps, { ...asked.value, basedOn, choices });
  if (!ranked.ok) return await ownPage(deps, c, { refusal: ranked.error, filter });
  return done(c, asked.value, `${writeFilter(filter)}#chosen`);
};

export const postLeave = (deps: WebDeps) => async (c: Context) => {
  const asked = listAsked(c);
  const left = asked.ok ? await leaveElsewhere(deps, asked.value) : asked;
  if (!asked.ok || !left.ok) return refusalPage(c, left.ok ? noPage : left.error);
  return done(c, asked.value, '?done=elsewhere.done.left');
};

const noPage: Refusal = { kind: 'not-found', what: 'page' };

const done = (c: Context, { applicationId, list }: ElsewhereCommand, rest: string): Response =>
  c.redirect(`${paths.ownElsewhere(viewOf(c).t.locale, applicationId, list)}${rest}`, 303);

type Props = { view: View; of: OwnElsewhere; filter: Filter; errors: readonly FieldError[] };

const OwnPage = ({ refusal, ...props }: Props & { refusal: Refusal | undefined }) => {
  const { view, of, errors } = props;
  const { t } = view;
  const { application, file, list, posts, own, isOpen } = of;
  const region = regionName(list.region)[t.locale];
  return (
    <Page
      view={view}
      title={t('elsewhere.own.of', { region })}
      caption={textIn(t, file.title)}
      failed={refusal !== undefined || errors.length > 0}
      back={{ href: paths.application(t.locale, application.id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      {refusal && <RefusedOrder t={t} refusal={refusal} />}
      {!own?.answer && <p>{t('elsewhere.own.text', { region })}</p>}
      <p>{t(`elsewhere.own.compare.${posts.compare}`, { region })}</p>
      <Inset>
        {t(isOpen ? 'elsewhere.own.until' : 'elsewhere.own.over', {
          until: t.moment(list.choosingUntil, file.timeZone),
        })}
      </Inset>
      {own ? <Choosing {...props} /> : <Joining {...props} />}
    </Page>
  );
};

const Joining = ({ view: { t }, of, filter, errors }: Props) => {
  const { application, rule, list, isOpen, isUnplaced, choosable, file, notHanded } = of;
  if (notHanded) {
    const at = t.moment(notHanded.at, file.timeZone);
    return <p>{t(`elsewhere.own.notHanded.${notHanded.why}`, { at })}</p>;
  }
  if (!isOpen) return <p>{t('exchange.notJoined')}</p>;
  if (!isUnplaced) return <p>{t('exchange.notUnplaced')}</p>;
  if (choosable.length === 0) return <p>{t('elsewhere.own.none')}</p>;
  const region = regionName(list.region)[t.locale];
  const page = paths.ownElsewhere(t.locale, application.id, list.number);
  const selection = select(choosable, filter, new Intl.Collator(t.locale).compare);
  return (
    <>
      <Table
        caption={t('elsewhere.own.posts', { count: choosable.length })}
        head={[t('offer.subject'), t('offer.school'), t('offer.place'), t('call.incentives')]}
        rows={selection.shown.map((post) => [
          subjectName(t, post.subject),
          schoolName(t, post),
          `${post.locality}, ${post.district}`,
          post.incentives.map((code) => incentiveName(t, code)).join(', ') || '–',
        ])}
      />
      <Pages t={t} filter={filter} selection={selection} action={page} />
      <ConsentForm
        t={t}
        action={page}
        rule={rule}
        agree={t('elsewhere.own.agree', { region })}
        join={t('elsewhere.own.join')}
        errors={errors}
      >
        <p>{t('elsewhere.own.handed', { region, kept: t.moment(list.keptUntil, file.timeZone) })}</p>
      </ConsentForm>
    </>
  );
};

const Choosing = ({ view: { t }, of, filter }: Props) => {
  const { application, rule, list, own, handingAt, isOpen, choosable, chosen } = of;
  const choices = own?.choices ?? [];
  const action = paths.ownElsewhereChoices(t.locale, application.id, list.number);
  const page = paths.ownElsewhere(t.locale, application.id, list.number);
  return (
    <>
      {isOpen && chosen.length === 0 && <WarningText t={t}>{t('elsewhere.own.nothing')}</WarningText>}
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
        <MoreChoices
          t={t}
          action={action}
          asked={page}
          filter={filter}
          choices={choices}
          vacancies={choosable}
        />
      )}
      <WhatCame view={{ t }} of={of} />
      {!handingAt && (
        <Details summary={t('exchange.leave.title')}>
          <p>{t('elsewhere.own.leave')}</p>
          <form method="post" action={paths.leaveElsewhere(t.locale, application.id, list.number)}>
            <Button kind="warning">{t('exchange.leave')}</Button>
          </form>
        </Details>
      )}
    </>
  );
};

/** That somebody was handed over, and what that region decided then. */
const WhatCame = ({ view: { t }, of }: { view: Pick<View, 't'>; of: OwnElsewhere }) => {
  const { own, list, file } = of;
  if (!own?.handedAt) return null;
  const region = regionName(list.region)[t.locale];
  const { outcome, answer } = own;
  if (answer) {
    const what = answeredWith(of, answer.kind);
    return <Inset>{t(`elsewhere.own.answer.${what}`, { region, on: dateIn(t, answer.on) })}</Inset>;
  }
  return (
    <Inset>
      {outcome
        ? t(`elsewhere.own.outcome.${outcome.kind}`, { region, at: t.moment(outcome.at, file.timeZone) })
        : t('elsewhere.own.handedAt', { region, at: t.moment(own.handedAt, file.timeZone) })}
    </Inset>
  );
};

/** What the answer there means here as things stand: nobody is asked which post it is to be once they said it, and nothing is promised to whoever is out. */
const answeredWith = (
  { own, list, round, candidacy: { state } }: OwnElsewhere,
  answer: Answer,
): 'accepted' | 'conflict' | 'ended' | 'noted' | 'out' => {
  const isOut = state.withdrawnAt !== undefined || goneElsewhere(state) !== undefined;
  if (answer === 'ended') return isOut ? 'out' : 'ended';
  const at = { list: list.sha256, answer, stage: round.state.stage };
  if (effectOf(state, at).kind === 'conflict') return 'conflict';
  return own?.goneAt && !state.withdrawnAt ? 'accepted' : 'noted';
};
