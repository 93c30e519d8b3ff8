import type { ScoreCharts } from '#functions/commands/score-charts.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import { textIn } from '../words.ts';

type Props = { t: Translator; charts: ScoreCharts };

/** Scoring and interviews; nothing where there is only one of them to look at. */
export const Parts = ({ t, charts: { place, part, parts } }: Props) =>
  parts.length < 2 ? null : (
    <nav class="pages" aria-label={t('charts.parts')}>
      {parts.map((one) =>
        one === part ? (
          <strong aria-current="page">{stageName(t, one)}</strong>
        ) : (
          <a href={paths.charts(t.locale, place.round.id, one === 'scoring' ? '' : `?part=${one}`)}>
            {stageName(t, one)}
          </a>
        ),
      )}
    </nav>
  );

/** The stations of interviews that have several, each looked at by itself. */
export const Stations = ({ t, charts: { place, part, station, stations } }: Props) =>
  !station ? null : (
    <>
      <p>{t('charts.stations.text')}</p>
      <nav class="pages" aria-label={t('charts.stations')}>
        {stations.map(({ code, title }) =>
          code === station.code ? (
            <strong aria-current="page">{textIn(t, title)}</strong>
          ) : (
            <a href={paths.charts(t.locale, place.round.id, `?part=${part}&station=${code}`)}>
              {textIn(t, title)}
            </a>
          ),
        )}
      </nav>
    </>
  );
