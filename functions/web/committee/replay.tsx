import type { Context } from 'hono';
import { type LookBack, lookBack, type NamedMoment } from '#functions/commands/replay.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';
import type { SeenThen } from '#shared/replay/seen.ts';
import type { Place } from '#shared/replay/since.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Page } from '../layout.tsx';
import { offerStatus } from '../offers/status.tsx';
import { Details, Digest, Facts, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { MomentField, momentIn } from '../replay/moment-field.tsx';
import { writtenBeside } from '../replay/moments.ts';
import { PastLinks } from '../replay/then.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { ProposalTable } from './proposal-table.tsx';

/** The round as it stood at the moment that the address names; at one that cannot be, as it stands now, with what is wrong. */
export const showReplay = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'round.replay');
  if (!command.ok) return refusalPage(c, command.error);
  const view = viewOf(c);
  const typed = c.req.query('until')?.trim() ?? '';
  const until: NamedMoment | undefined = typed === '' ? undefined : (zone) => momentIn(typed, zone);
  const found = await lookBack(deps, { ...command.value, until });
  if (found.ok) return c.html(<ReplayPage view={view} found={found.value} typed={typed} />);
  if (found.error.kind !== 'invalid') return refusalPage(c, found.error);
  const now = await lookBack(deps, command.value);
  if (!now.ok) return refusalPage(c, now.error);
  const errors = [{ field: 'until', text: view.t('replay.fault.until') }];
  return c.html(<ReplayPage view={view} found={now.value} typed={typed} errors={errors} />, 422);
};

type PageProps = { view: View; found: LookBack; typed: string; errors?: readonly FieldError[] };

const ReplayPage = ({ view, found, typed, errors = [] }: PageProps) => {
  const { t } = view;
  const { round, file } = found.place;
  const { timeZone } = file;
  return (
    <Page
      view={view}
      title={t('replay.title')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      <ErrorSummary t={t} errors={errors} />
      <p>{t('replay.about')}</p>
      <form method="get" action={paths.replay(t.locale, round.id)} novalidate>
        <MomentField t={t} zone={timeZone} value={typed} errors={errors} />
        <Button>{t('replay.show')}</Button>
      </form>
      <Moments t={t} found={found} />
      <PastLinks view={view} past={{ ...found.stood, place: found.place }} />
      <Stood t={t} stood={found.stood} zone={timeZone} />
      <Since t={t} found={found} />
      <NewestList view={view} found={found} />
      <Check t={t} found={found} />
    </Page>
  );
};

const Moments = ({ t, found: { moments, place } }: { t: Translator; found: LookBack }) => {
  const written = writtenBeside(
    t,
    place.file.timeZone,
    moments.map(({ at }) => at),
  );
  return (
    <Details summary={t('replay.moments')}>
      <ul class="govuk-list">
        {moments.map(({ at, type }) => {
          const key = `watch.event.${type}`;
          return (
            <li>
              <a href={paths.replay(t.locale, place.round.id, at)}>{written(at)}</a>{' '}
              {isMessageKey(key) ? t(key) : type}
            </li>
          );
        })}
      </ul>
    </Details>
  );
};

const countOf = (all: readonly { status: string }[], status: string): number =>
  all.filter((one) => one.status === status).length;

const Stood = ({ t, stood, zone }: { t: Translator; stood: SeenThen; zone: string }) => {
  const { applications, claims, gate, offers } = stood;
  const facts = [
    { name: t('apply.roundStage'), value: stageName(t, stood.stage) },
    { name: t('replay.published'), value: t(`replay.published.${stood.published ?? 'none'}`) },
    { name: t('replay.submitted'), value: t.number(applications.submitted) },
    { name: t('replay.draft'), value: t.number(applications.draft) },
    { name: t('replay.withdrawn'), value: t.number(applications.withdrawn) },
    { name: t('replay.work'), value: t('replay.work.counts', stood.work) },
    ...(gate
      ? [
          {
            name: t('replay.votes'),
            value: t('replay.votes.counts', {
              yes: gate.votes.for,
              no: gate.votes.against,
              abstain: gate.votes.abstain,
            }),
          },
        ]
      : []),
    ...(claims.length > 0
      ? [
          {
            name: t('replay.claims'),
            value: t('replay.claims.counts', { all: claims.length, open: countOf(claims, 'open') }),
          },
        ]
      : []),
    ...(offers.length > 0
      ? [
          {
            name: t('replay.offers'),
            value: t('replay.offers.counts', {
              all: offers.length,
              open: countOf(
                offers.filter(({ condition }) => condition === undefined),
                'open',
              ),
              accepted: countOf(offers, 'accepted'),
            }),
          },
        ]
      : []),
  ];
  return (
    <section>
      <h2 class="govuk-heading-m">{t('replay.stood', { at: t.moment(stood.until, zone) })}</h2>
      <Facts facts={facts} />
    </section>
  );
};

const Since = ({ t, found: { moved } }: { t: Translator; found: LookBack }) => (
  <section>
    <h2 class="govuk-heading-m">{t('replay.moved')}</h2>
    {moved.length === 0 ? (
      <p>{t('replay.moved.none')}</p>
    ) : (
      <>
        <p>{t('replay.moved.count', { count: moved.length })}</p>
        <Table
          caption={t('replay.moved')}
          hideCaption
          head={[t('apply.numberName'), t('replay.before'), t('replay.after')]}
          rows={moved.map(({ number, before, after }) => [
            <span class="whole">{number}</span>,
            placeText(t, before),
            placeText(t, after),
          ])}
        />
      </>
    )}
  </section>
);

const placeText = (t: Translator, place: Place): string => {
  const { outcome, rank, total, vacancy, claim, offer } = place;
  const parts = [
    ...(outcome ? [t(`committee.outcome.${outcome}`)] : []),
    ...(rank === undefined ? [] : [t('replay.place.rank', { rank })]),
    ...(total === undefined ? [] : [t('results.percent', { value: t.number(total) })]),
    ...(vacancy && !offer ? [vacancy] : []),
    ...(claim ? [t('replay.place.claim', { status: t(`results.claim.status.${claim}`) })] : []),
    ...(offer ? [t('replay.place.offer', { vacancy: offer.vacancy, status: offerStatus(t, offer) })] : []),
  ];
  return parts.length === 0 ? t('replay.place.none') : parts.join('; ');
};

const NewestList = ({ view, found: { stood, place } }: { view: View; found: LookBack }) => {
  const { t } = view;
  const list = stood.lists.at(-1);
  if (!list) return <p>{t('replay.list.none')}</p>;
  const { stage, standings, status, sha256 } = list;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('replay.list', { stage: stageName(t, stage) })}</h2>
      <p>{t(`replay.list.${status}`)}</p>
      <Facts facts={[{ name: 'SHA-256', value: <Digest value={sha256} /> }]} />
      <ProposalTable
        view={view}
        at={paths.replay(t.locale, place.round.id)}
        list={{ schemaVersion: 1, roundId: stood.roundId, stage, standings }}
        file={place.file}
      />
    </section>
  );
};

const Check = ({ t, found: { recomputed, place } }: { t: Translator; found: LookBack }) =>
  recomputed.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('replay.check')}</h2>
      <p>{t('replay.check.text')}</p>
      <Table
        caption={t('replay.check')}
        hideCaption
        head={[t('replay.check.list'), t('replay.check.at'), 'SHA-256', t('replay.check.result')]}
        rows={recomputed.map(({ stage, at, proposal, follows }) => [
          stageName(t, stage),
          t.moment(at, place.file.timeZone),
          <Digest value={proposal} />,
          <Tag colour={follows ? 'green' : 'red'}>
            {t(follows ? 'replay.check.follows' : 'replay.check.differs')}
          </Tag>,
        ])}
      />
    </section>
  );
