import type { Context } from 'hono';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { type CheckRun, newestRuns } from '#shared/checks/run.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Table, Tag } from '../parts.tsx';
import { viewOf } from '../view.ts';
import { checkPaths } from './paths.ts';

/** When the records were checked last, and what was found; by identifiers and application numbers, without a name. */
export const showChecks = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const state = await deps.checks.read();
  const runs = newestRuns(state);
  return c.html(
    <Page view={view} title={t('checks.title')} wide>
      <p>{t('checks.text')}</p>
      {state.running && <Inset>{t('checks.running', { at: t.moment(state.running.begunAt) })}</Inset>}
      {runs.length === 0 ? <p>{t('checks.none')}</p> : <Runs t={t} runs={runs} />}
      {runs.map((run) => run.findings.length > 0 && <Findings t={t} run={run} />)}
      <p>
        <a href={checkPaths.anchors(t.locale)}>{t('checks.anchors.title')}</a>
      </p>
    </Page>,
  );
};

const Runs = ({ t, runs }: { t: Translator; runs: readonly CheckRun[] }) => (
  <Table
    caption={t('checks.runs')}
    head={[t('checks.because'), t('checks.ended'), t('checks.records'), t('checks.found')]}
    numeric={[2]}
    rows={runs.map(({ because, endedAt, records, findings, more }) => [
      t(`checks.because.${because}`),
      t.moment(endedAt),
      t.number(records),
      findings.length === 0 ? t('checks.held') : <Tag colour="red">{t.number(findings.length + more)}</Tag>,
    ])}
  />
);

const Findings = ({ t, run: { because, endedAt, findings, more } }: { t: Translator; run: CheckRun }) => (
  <section>
    <Table
      caption={`${t('checks.findings')}: ${t(`checks.because.${because}`)}, ${t.moment(endedAt)}`}
      head={[t('checks.what'), t('checks.where')]}
      rows={findings.map((finding) => [t(`checks.finding.${finding.invariant}`), <Where of={finding} />])}
    />
    {more > 0 && <p>{t('checks.more', { count: more })}</p>}
  </section>
);

/** As `npm run audit -- --record` takes it, with the round it belongs to. */
const Where = ({ of: { aggregate, id, version, number, roundId } }: { of: CheckFinding }) => (
  <>
    {number !== undefined && <span class="whole">{number} </span>}
    <code>
      {aggregate === undefined ? id : `${aggregate}#${id}`}
      {version !== undefined && ` ${version}`}
    </code>
    {roundId !== undefined && aggregate !== 'round' && (
      <>
        {' '}
        <code>round#{roundId}</code>
      </>
    )}
  </>
);
