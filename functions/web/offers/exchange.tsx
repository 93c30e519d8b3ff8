import type { Context } from 'hono';
import { type ExchangeView, openExchange, runExchange, viewExchange } from '#functions/commands/exchange.ts';
import type { Instant } from '#shared/domain/time.ts';
import { postsOf, type Vacancy } from '#shared/domain/vacancy.ts';
import { isWalled } from '#shared/domain/walls.ts';
import { roundCommand } from '../acting.ts';
import { WalledTag } from '../closed-items.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { PageLinks, pageAsked, pageOf } from '../paged.tsx';
import { Facts, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { schoolName, subjectName, textIn } from '../words.ts';

/** The second chance as staff see it: what stays empty, who takes part, and what would follow. */
export const showExchange = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'exchange.read');
  const found = command.ok ? await viewExchange(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<ExchangePage view={viewOf(c)} of={found.value} page={pageAsked(c)} />);
};

/** Asks as many people as the page showed (ANCHORS F17). */
export const postOpenExchange = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'exchange.open');
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const opened = await openExchange(deps, { ...command.value, confirmed });
  return opened.ok ? done(c, 'exchange.done.opened') : refusalPage(c, opened.error);
};

/** Lets the choices count, with as many offers as the page showed. */
export const postRunExchange = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'exchange.run');
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const ran = await runExchange(deps, { ...command.value, confirmed });
  return ran.ok ? done(c, 'exchange.done.run') : refusalPage(c, ran.error);
};

const done = (c: Context, what: string): Response => {
  const address = paths.exchange(viewOf(c).t.locale, c.req.param('round') ?? '');
  return c.redirect(`${address}?done=${what}`, 303);
};

type Props = { view: View; of: ExchangeView };

const ExchangePage = ({ view, of, page }: Props & { page: number }) => {
  const { t } = view;
  const { round, file, by } = of.place;
  const back =
    by.role === 'administrator' || by.role === 'auditor'
      ? paths.offers(t.locale, round.id)
      : paths.committee(t.locale, round.id);
  return (
    <Page view={view} title={t('exchange.title')} caption={textIn(t, file.title)} back={{ href: back }} wide>
      <p>{t('exchange.staff.text')}</p>
      <Standing view={view} of={of} />
      <Opening view={view} of={of} />
      <Running view={view} of={of} />
      <Participants view={view} of={of} />
      <Empty view={view} of={of} page={page} />
    </Page>
  );
};

const Standing = ({ view: { t }, of }: Props) => {
  const { exchange, empty, unplaced, participants, place } = of;
  const moment = (at: Instant): string => t.moment(at, place.file.timeZone);
  return (
    <Facts
      facts={[
        { name: t('exchange.staff.empty'), value: t.number(postsOf(empty)) },
        { name: t('exchange.staff.unplaced'), value: t.number(unplaced) },
        ...(exchange
          ? [
              { name: t('exchange.staff.opened'), value: moment(exchange.openedAt) },
              { name: t('exchange.staff.asked'), value: t.number(exchange.asked) },
              { name: t('exchange.staff.participants'), value: t.number(participants.length) },
              { name: t('exchange.staff.until'), value: moment(exchange.until) },
            ]
          : []),
        ...(exchange?.ran
          ? [
              { name: t('exchange.staff.ran'), value: moment(exchange.ran.at) },
              { name: t('exchange.staff.recipients'), value: t.number(exchange.ran.recipients) },
            ]
          : []),
      ]}
    />
  );
};

/** Before anybody was asked: what it waits for, or the button with the number of letters. */
const Opening = ({ view: { t }, of }: Props) => {
  const { exchange, remaining, opensUntil, unplaced, place } = of;
  if (exchange || place.round.state.stage !== 'offers') return null;
  if (remaining > 0 && !opensUntil)
    return <Inset>{t('exchange.staff.remaining', { count: remaining })}</Inset>;
  if (!opensUntil) return <Inset>{t('exchange.staff.secretaryOpens')}</Inset>;
  if (unplaced === 0) return <Inset>{t('exchange.staff.nobody')}</Inset>;
  return (
    <form method="post" action={paths.exchange(t.locale, place.round.id)}>
      <p>{t('exchange.staff.opens', { until: t.moment(opensUntil, place.file.timeZone) })}</p>
      <Hidden name="confirmed" value={unplaced} />
      <Button>{t('exchange.open', { count: unplaced })}</Button>
    </form>
  );
};

/** What would follow from the choices, and from the deadline on the button that lets them count. */
const Running = ({ view: { t }, of }: Props) => {
  const { exchange, wave, mayRun, place, empty } = of;
  if (!exchange || exchange.ran) return null;
  const posts = new Map<string, Vacancy>(empty.map((post) => [post.code, post]));
  const schoolOf = (code: string): string => {
    const post = posts.get(code);
    return post ? schoolName(t, post) : '';
  };
  return (
    <>
      <h2 class="govuk-heading-m">{t('exchange.preview')}</h2>
      <p>{t('exchange.previewText', { count: wave.length })}</p>
      {wave.length > 0 && (
        <Table
          caption={t('exchange.preview')}
          hideCaption
          head={[t('apply.numberName'), t('offer.vacancy'), t('offer.school')]}
          rows={wave.map((row) =>
            isWalled(row)
              ? [<WalledTag t={t} {...row} />, '–', '–']
              : [<span class="whole">{row.number}</span>, row.vacancy, schoolOf(row.vacancy)],
          )}
        />
      )}
      {mayRun ? (
        <form method="post" action={paths.runExchange(t.locale, place.round.id)}>
          <Hidden name="confirmed" value={wave.length} />
          <Button>{t('exchange.run', { count: wave.length })}</Button>
        </form>
      ) : (
        <Inset>{t('exchange.staff.runs')}</Inset>
      )}
    </>
  );
};

const Participants = ({ view: { t }, of: { exchange, participants, place } }: Props) =>
  exchange && participants.length > 0 ? (
    <Table
      caption={t('exchange.staff.participants')}
      head={[t('apply.numberName'), t('exchange.staff.agreed'), t('exchange.staff.choices')]}
      rows={participants.map((row) =>
        isWalled(row)
          ? [<WalledTag t={t} {...row} />, '–', '–']
          : [
              <span class="whole">{row.number}</span>,
              t.moment(row.agreedAt, place.file.timeZone),
              row.choices.join(', ') || '–',
            ],
      )}
    />
  ) : null;

const Empty = ({ view: { t }, of: { empty, place }, page: asked }: Props & { page: number }) => {
  const { rows, page, pages } = pageOf(empty, asked);
  if (rows.length === 0) return null;
  return (
    <>
      <Table
        caption={t('exchange.staff.empty')}
        head={[
          t('offer.vacancy'),
          t('offer.subject'),
          t('offer.school'),
          t('offer.place'),
          t('capacity.posts'),
        ]}
        numeric={[4]}
        rows={rows.map((post) => [
          post.code,
          subjectName(t, post.subject),
          schoolName(t, post),
          `${post.locality}, ${post.district}`,
          t.number(post.posts),
        ])}
      />
      <PageLinks
        t={t}
        at={paths.exchange(t.locale, place.round.id)}
        shown="empty"
        page={page}
        pages={pages}
      />
    </>
  );
};
