import type { Context } from 'hono';
import * as z from 'zod';
import { openBundle } from '#functions/commands/result-receipt.ts';
import { type PublicResults, publicResults, type ResultLine } from '#functions/commands/results.ts';
import { editionIn } from '#functions/http/edition.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { PublishedStage } from '#shared/domain/results-publication.ts';
import { untold } from '#shared/domain/round-advance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { partName, partPoints } from '#shared/reason-texts.ts';
import { checkPaths } from '../checks/paths.ts';
import { Outcome } from '../committee/proposal-table.tsx';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Digest, Facts, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { inPercent, textIn } from '../words.ts';
import { EditionChanges } from './edition.tsx';

const Order = z.enum(['rank', 'number', 'total', 'scoring', 'interview']);
type Order = z.infer<typeof Order>;

/** Which part of the list is shown; every state of it has an address. */
const Shown = z.object({
  order: Order.catch('rank'),
  page: z.coerce.number().int().min(1).catch(1),
});
type Shown = z.infer<typeof Shown>;

const pageSize = 100;

/** Results by application number, for anyone; before they are published, when they can be expected. */
export const showResults = (deps: WebDeps) => async (c: Context) => {
  const id = RoundId.safeParse(c.req.param('round'));
  if (!id.success) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const found = await publicResults(deps, id.data);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<ResultsPage view={viewOf(c)} found={found.value} shown={Shown.parse(c.req.query())} />);
};

type PageProps = { view: View; found: PublicResults; shown: Shown };

const ResultsPage = ({ view, found, shown }: PageProps) => {
  const { t } = view;
  const { call, results } = found;
  return (
    <Page
      view={view}
      title={t(results?.final ? 'results.final' : 'results.preliminary')}
      caption={textIn(t, call.file.title)}
      back={{ href: paths.call(t.locale, call.round.id) }}
      wide
    >
      {results ? (
        <Published view={view} found={found} results={results} shown={shown} />
      ) : (
        <Ahead t={t} found={found} />
      )}
    </Page>
  );
};

const Ahead = ({ t, found: { call, expectedAt } }: { t: Translator; found: PublicResults }) => (
  <Inset>
    <p>{t(call.round.stage === 'cancelled' ? 'codes.stage.cancelled' : 'results.notYet')}</p>
    {expectedAt && <p>{t('results.expected', { at: t.moment(expectedAt, call.file.timeZone) })}</p>}
  </Inset>
);

type PublishedProps = {
  view: View;
  found: PublicResults;
  results: NonNullable<PublicResults['results']>;
  shown: Shown;
};

const Published = ({ view, found, results, shown }: PublishedProps) => {
  const { t } = view;
  const { call } = found;
  const { round, file } = call;
  const pages = Math.max(1, Math.ceil(results.lines.length / pageSize));
  const page = Math.min(shown.page, pages);
  const lines = sorted(results.lines, shown.order).slice((page - 1) * pageSize, page * pageSize);
  const address = (order: Order, to: number): string =>
    `${paths.results(t.locale, round.id)}?order=${order}&page=${to}`;
  return (
    <>
      <p>{t(results.final ? 'results.final.text' : 'results.preliminary.text')}</p>
      {results.edition && <EditionChanges view={view} file={file} edition={results.edition} />}
      {round.stage === 'claims' && !untold(round).includes('preliminary') && (
        <p>{t('results.claims.until', { at: t.moment(round.claimsCloseAt, file.timeZone) })}</p>
      )}
      <Facts
        facts={[
          { name: t('results.applications'), value: t.number(results.lines.length) },
          {
            name: t('results.minimum'),
            value: t('results.percent', { value: t.number(file.results.minimumPoints) }),
          },
          ...(file.minimums ?? []).map(({ code, atLeast }) => ({
            name: t('results.minimum.part', { title: partName(t, code, file) }),
            value: partPoints(t, code, atLeast),
          })),
        ]}
      />
      <nav class="pages" aria-label={t('call.order')}>
        {Order.options.map((order) =>
          order === shown.order ? (
            <strong aria-current="true">{t(`results.order.${order}`)}</strong>
          ) : (
            <a href={address(order, 1)}>{t(`results.order.${order}`)}</a>
          ),
        )}
      </nav>
      <Lines t={t} lines={lines} />
      {pages > 1 && (
        <nav class="pages" aria-label={t('call.pages')}>
          {page > 1 && <a href={address(shown.order, page - 1)}>{t('call.previousPage')}</a>}
          <span>{t('common.of', { position: page, count: pages })}</span>
          {page < pages && <a href={address(shown.order, page + 1)}>{t('call.nextPage')}</a>}
        </nav>
      )}
      <Checking view={view} found={found} />
    </>
  );
};

/** What anybody needs to check the results without us. */
const Checking = ({ view, found: { call, publications } }: { view: View; found: PublicResults }) => {
  const { t, verificationPage } = view;
  if (publications.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('verification.title')}</h2>
      <p>{t('verification.published')}</p>
      {publications.map(({ stage, root, key, edition }) => (
        <>
          <h3 class="govuk-heading-s">
            {t(`verification.what.${stage}`)}
            {editionTitle(view, { call, edition })}
          </h3>
          <Facts
            facts={[
              { name: t('verification.root'), value: <Digest value={root} /> },
              { name: t('verification.key'), value: <Digest value={key} /> },
            ]}
          />
          <p>
            <a
              href={paths.bundle(
                t.locale,
                call.round.id,
                stage,
                stage === 'claims' ? (edition ?? 1) : undefined,
              )}
            >
              {t('verification.download')}
            </a>
          </p>
        </>
      ))}
      {verificationPage !== undefined && (
        <p>
          <a href={verificationPage} download="verification.html">
            {t('verification.keep')}
          </a>
        </p>
      )}
      <p>
        <a href={checkPaths.anchors(t.locale)}>{t('checks.anchors.title')}</a>
      </p>
    </section>
  );
};

/** Of the first edition nothing is said. */
const editionTitle = (
  { t }: View,
  { call: { round, file }, edition }: Pick<PublicResults, 'call'> & { edition: number | undefined },
): string => {
  const found = 'editions' in round ? round.editions?.find(({ number }) => number === edition) : undefined;
  if (!found) return '';
  const at = t.moment(found.correctedAt, file.timeZone);
  return ` (${t('verification.number', { number: found.number, at })})`;
};

/** To where the bundle lies; it may be larger than an answer of ours can be. */
export const downloadBundle = (deps: WebDeps) => async (c: Context) => {
  const roundId = RoundId.safeParse(c.req.param('round'));
  const stage = PublishedStage.safeParse(c.req.param('stage'));
  if (!roundId.success || !stage.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const asked = { roundId: roundId.data, stage: stage.data, edition: editionIn(c) };
  const opened = await openBundle(deps, asked);
  return opened.ok ? c.redirect(opened.value.url, 303) : refusalPage(c, opened.error);
};

const Lines = ({ t, lines }: { t: Translator; lines: readonly ResultLine[] }) => {
  const number = (value: number | undefined): string => (value === undefined ? '–' : t.number(value));
  return (
    <Table
      caption={t('results.all')}
      hideCaption
      head={[
        t('apply.numberName'),
        t('committee.rank'),
        inPercent(t('committee.scoring')),
        inPercent(t('committee.interview')),
        inPercent(t('committee.total')),
        t('committee.outcome'),
      ]}
      numeric={[1, 2, 3, 4]}
      rows={lines.map((line) => [
        <span class="whole">{line.number}</span>,
        number(line.rank),
        number(line.scoring),
        number(line.interview),
        number(line.total),
        <Outcome t={t} outcome={line.outcome} />,
      ])}
    />
  );
};

/** The best first, by number from the first on; without a figure at the end. */
const sorted = (lines: readonly ResultLine[], order: Order): ResultLine[] => {
  if (order === 'number') return lines.toSorted(byNumber);
  if (order === 'rank') {
    return lines.toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || byNumber(a, b));
  }
  return lines.toSorted((a, b) => (b[order] ?? -1) - (a[order] ?? -1) || byNumber(a, b));
};

const byNumber = (a: ResultLine, b: ResultLine): number => (a.number < b.number ? -1 : 1);
