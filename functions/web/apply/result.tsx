import type { Context } from 'hono';
import { type OwnKept, ownKept } from '#functions/commands/own-kept.ts';
import { ownReceipt } from '#functions/commands/result-receipt.ts';
import { type OwnResult, type OwnStage, ownResult } from '#functions/commands/results.ts';
import { editionIn } from '#functions/http/edition.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { resultsExpectedAt } from '#shared/domain/publication.ts';
import { PublishedStage } from '#shared/domain/results-publication.ts';
import { acceptsClaims } from '#shared/domain/round-advance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ownReasonText, partName, partPoints } from '#shared/reason-texts.ts';
import { Outcome, sheetsBehind } from '../committee/proposal-table.tsx';
import type { WebDeps } from '../deps.ts';
import { LinkButton } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { OwnKeptPosts } from '../offers/kept.tsx';
import { type Fact, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { askedOf } from './application.ts';
import { OwnCorrections, OwnEdition } from './corrections.tsx';
import { OwnOffersResult } from './own-offers.tsx';
import { OwnPointsTable } from './own-points.tsx';
import { OwnSeverity } from './severity.tsx';
import { spreadOf } from './spread.ts';

/** Where the own application stands, what it was measured by, and what can be done about it. */
export const showOwnResult = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  const found = asked.ok ? await ownResult(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const mayClaim = acceptsClaims(found.value.round, deps.clock.now()).ok;
  const { application, round, file } = found.value;
  const kept = await ownKept(deps, { round, file, id: application.id });
  return c.html(<ResultPage view={viewOf(c)} result={found.value} kept={kept} mayClaim={mayClaim} />);
};

type PageProps = { view: View; result: OwnResult; kept: OwnKept; mayClaim: boolean };

const ResultPage = ({ view, result, kept, mayClaim }: PageProps) => {
  const { t } = view;
  const { application, round, file, stages } = result;
  const expected = resultsExpectedAt(round, file);
  return (
    <Page
      view={view}
      title={t('results.own')}
      caption={textIn(t, file.title)}
      back={{ href: paths.application(t.locale, application.id) }}
    >
      <p>
        {t('apply.numberName')}: <span class="whole">{application.number}</span>
      </p>
      {stages.length === 0 && <p>{t('results.own.none')}</p>}
      {stages.length === 0 && expected && (
        <p>{t('results.expected', { at: t.moment(expected, file.timeZone) })}</p>
      )}
      <SampleNote
        t={t}
        of={sheetsBehind(
          stages.map(({ standing }) => standing),
          file,
        )}
      />
      <OwnEdition t={t} result={result} />
      <OwnCorrections t={t} result={result} />
      <OwnOffersResult t={t} result={result} />
      <OwnKeptPosts t={t} kept={kept} />
      {stages.map((one) => (
        <StageResult t={t} result={result} one={one} />
      ))}
      <OwnPointsTable t={t} result={result} />
      <OwnSeverity t={t} result={result} />
      <Said t={t} result={result} />
      <Receipts view={view} result={result} />
      {'claimsCloseAt' in round && (
        <p class="screen-only">
          <a href={paths.results(t.locale, round.id)}>{t('results.all')}</a>
        </p>
      )}
      {mayClaim && 'claimsCloseAt' in round && (
        <p>{t('results.claims.until', { at: t.moment(round.claimsCloseAt, file.timeZone) })}</p>
      )}
      {mayClaim ? (
        <LinkButton href={paths.claim(t.locale, application.id)}>{t('results.claim.make')}</LinkButton>
      ) : (
        'claimsCloseAt' in round && (
          <p class="screen-only">
            <a href={paths.claim(t.locale, application.id)}>{t('results.claim')}</a>
          </p>
        )
      )}
    </Page>
  );
};

const Receipts = ({ view, result: { application, publications } }: { view: View; result: OwnResult }) => {
  const { t, verificationPage } = view;
  if (publications.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('verification.receipt')}</h2>
      <p>{t('verification.receipt.text')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {publications.map(({ stage, edition }) => (
          <li>
            <a
              href={paths.resultReceipt(
                t.locale,
                application.id,
                stage,
                stage === 'claims' ? (edition ?? 1) : undefined,
              )}
            >
              {edition === undefined
                ? t(`verification.receipt.${stage}`)
                : t('verification.receipt.edition', { number: edition })}
            </a>
          </li>
        ))}
        {verificationPage !== undefined && (
          <li>
            <a href={verificationPage} download="verification.html">
              {t('verification.keep')}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
};

/** The own receipt of a bundle, as a file to keep. */
export const downloadResultReceipt = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  const stage = PublishedStage.safeParse(c.req.param('stage'));
  if (!stage.success) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const found = asked.ok
    ? await ownReceipt(deps, { ...asked.value, stage: stage.data, edition: editionIn(c) })
    : asked;
  if (!found.ok) return refusalPage(c, found.error);
  return c.body(found.value.text, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${found.value.filename}"`,
  });
};

type StageProps = { t: Translator; result: OwnResult; one: OwnStage };

const StageResult = ({ t, result: { file, mayBeOffered }, one }: StageProps) => {
  const { stage, standing } = one;
  return (
    <section>
      <h2 class="govuk-heading-m">{titleOf(t, stage)}</h2>
      <Facts
        facts={[
          { name: t('committee.outcome'), value: <Outcome t={t} outcome={standing.outcome} /> },
          ...numbersOf(t, one),
          ...(stage === 'scoring' ? spreadOf(t, standing) : []),
        ]}
      />
      {stage === 'scoring' && standing.spread && <p>{t('results.spread.text')}</p>}
      <p>{meaningOf(t, one, mayBeOffered)}</p>
      {standing.reasons.map((code) => (
        <p>{ownReasonText(t, code, file, standing)}</p>
      ))}
      {one.departed && standing.outcome === 'goes-on' && <p>{t('results.departed')}</p>}
      {one.change && <p>{changeOf(t, one.change, file)}</p>}
    </section>
  );
};

const titleOf = (t: Translator, stage: OwnStage['stage']): string =>
  stage === 'claims' ? t('results.final') : stageName(t, stage);

const numbersOf = (t: Translator, { standing, minimum, rankedCount }: OwnStage): Fact[] => {
  const shown: Fact[] = [];
  const add = (name: string, value: number | undefined): void => {
    if (value !== undefined) shown.push({ name, value: t('results.percent', { value: t.number(value) }) });
  };
  add(t('committee.scoring'), standing.scoring);
  add(t('committee.interview'), standing.interview);
  add(t('committee.total'), standing.total);
  if (standing.total !== undefined) add(t('results.minimum'), minimum);
  if (standing.rank !== undefined) {
    const value = t('common.of', { position: standing.rank, count: rankedCount });
    shown.push({ name: t('committee.rank'), value });
  }
  return shown;
};

const meaningOf = (t: Translator, { stage, standing }: OwnStage, mayBeOffered: boolean): string => {
  if (standing.outcome === 'stops') return t('results.means.stops');
  if (stage === 'scoring' || stage === 'screening') return t('results.means.goes-on');
  return t(mayBeOffered ? 'results.means.offer' : 'results.means.took-part');
};

/** What would have made the application go on, everything else left as it was. */
const changeOf = (
  t: Translator,
  change: NonNullable<OwnStage['change']>,
  file: OwnResult['file'],
): string => {
  if (change.kind === 'parts') {
    const parts = change.parts
      .map(({ code, minimum }) =>
        t('results.change.part', { title: partName(t, code, file), minimum: partPoints(t, code, minimum) }),
      )
      .join('; ');
    const besides = change.total ? ` ${t('results.change.besides')} ${changeOf(t, change.total, file)}` : '';
    return `${t('results.change.parts', { parts })}${besides}`;
  }
  if (change.kind === 'minimum') {
    const { missing, minimum } = change;
    return t('results.change.minimum', { missing: t.number(missing), minimum: t.number(minimum) });
  }
  const cutOff = t.number(change.cutOff);
  return change.kind === 'tie'
    ? t('results.change.tie', { cutOff })
    : t('results.change.limit', { cutOff, own: t.number(change.own) });
};

/** What those who judged say, each without a name. */
const Said = ({ t, result: { comments } }: { t: Translator; result: OwnResult }) =>
  comments.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('results.said')}</h2>
      <Facts
        facts={comments.map(({ part, text }) => ({
          name: t(`committee.${part}`),
          value: <span class="typed">{text}</span>,
        }))}
      />
    </section>
  );
