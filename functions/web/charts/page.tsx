import type { Context } from 'hono';
import { isLinked, type ScoreCharts, scoreCharts } from '#functions/commands/score-charts.ts';
import { hasOwnAlone } from '#functions/commands/score-reach.ts';
import { partIn } from '#functions/http/part.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { ListLinks } from '../lists/links.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Agreement, Needed } from './agreement.tsx';
import { Apart } from './apart.tsx';
import { Bar } from './drawings.tsx';
import { Parts, Stations } from './parts.tsx';
import { type ChartsProps, Criteria, Ranks, Raters } from './tables.tsx';

/** What the cards of one part of the round look like: by rater and criterion, how far raters agree, how sure each rank is. */
export const showCharts = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'charts.read');
  if (!command.ok) return refusalPage(c, command.error);
  const part = partIn(c);
  if (!part.ok) return refusalPage(c, part.error);
  const asked = { part: part.value, station: c.req.query('station') };
  const found = await scoreCharts(deps, { ...command.value, ...asked });
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<ChartsPage view={viewOf(c)} charts={found.value} />);
};

const ChartsPage = ({ view, charts }: ChartsProps) => {
  const { t } = view;
  const { place, part, report } = charts;
  const { file, by, round } = place;
  const isOwn = hasOwnAlone(by.role, round.state.stage, part);
  return (
    <Page
      view={view}
      title={t('charts.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      <Parts t={t} charts={charts} />
      <p>{t('charts.text')}</p>
      {part === 'interviews' && <p>{t('charts.interviews.text')}</p>}
      <SampleNote t={t} of={[part === 'scoring' ? file.rubric : file.interviews]} />
      {isOwn && <Inset>{t(part === 'scoring' ? 'lists.own' : 'lists.own.interviews')}</Inset>}
      <ListLinks view={view} roundId={round.id} name="scores" part={part} isOwn={isOwn} />
      <Stations t={t} charts={charts} />
      <Funnel t={t} charts={charts} />
      <Raters view={view} charts={charts} />
      <Criteria view={view} charts={charts} />
      {charts.apart.length > 0 && <Apart view={view} charts={charts} />}
      {report ? (
        <>
          <Agreement t={t} report={report} anchored={charts.anchored} />
          <Needed t={t} report={report} />
          {isLinked(charts) ? (
            <Ranks view={view} charts={charts} report={report} />
          ) : (
            <Inset>{t('charts.unlinked', { count: charts.groups })}</Inset>
          )}
        </>
      ) : (
        <Inset>{t('charts.tooFew')}</Inset>
      )}
    </Page>
  );
};

/** In the order of the stages: that is what it says. */
const Funnel = ({ t, charts: { funnel } }: { t: Translator; charts: ScoreCharts }) => {
  const whole = funnel[0]?.count ?? 0;
  return (
    <Table
      caption={t('charts.funnel')}
      head={[t('charts.after'), t('charts.applications'), t('charts.drawing')]}
      numeric={[1]}
      rows={funnel.map(({ stage, count }) => {
        const name = stage === 'submitted' ? t('manage.submitted') : stageName(t, stage);
        return [name, t.number(count), <Bar part={count} whole={whole} title={`${name}: ${count}`} />];
      })}
    />
  );
};
