import type { RegionGauge } from '#functions/commands/rater-overview.ts';
import { gateBounds } from '#shared/analysis/gate.ts';
import { RegionCode, regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Bar } from '../charts/drawings.tsx';
import { Facts, Inset, Table } from '../parts.tsx';
import { tenth } from './feedback.tsx';

/** Whether the scores that are in let the committee and guests be compared, in words, counts and for each two regions what is not known yet. */
export const Gauge = ({ t, gauge }: { t: Translator; gauge: RegionGauge }) => {
  const { standing, groups, panels, between, links, anchors } = gauge;
  return (
    <section>
      <h3 class="govuk-heading-s">{t('raters.gauge.title')}</h3>
      <Inset>
        <p>
          <strong>{t(`raters.gauge.${standing}`)}</strong>{' '}
          {t(reasonFor(gauge), { scores: gateBounds.ratings })}
        </p>
        {between.length > 0 && !gauge.adjusts && <p>{t('raters.gauge.unadjusted')}</p>}
      </Inset>
      <Facts
        facts={[
          { name: t('raters.gauge.groups'), value: groupsText(t, groups) },
          {
            name: t('raters.gauge.links'),
            value: t('raters.gauge.links.value', { given: links.given, planned: links.planned }),
          },
          ...(anchors
            ? [
                {
                  name: t('raters.gauge.anchors'),
                  value: t('raters.gauge.anchors.value', { scored: anchors.scored, of: anchors.of }),
                },
              ]
            : []),
          ...panels.map(({ panel, raters, ratings }) => ({
            name: nameOf(t, panel),
            value: t('raters.gauge.panel', { raters, ratings }),
          })),
        ]}
      />
      {between.length > 0 && (
        <Table
          caption={t('raters.gauge.between')}
          head={[
            t('raters.gauge.regions'),
            t('raters.gauge.left'),
            t('charts.drawing'),
            t('raters.gauge.error'),
          ]}
          numeric={[1, 3]}
          rows={between.map(({ panels: [one, other], left, error }) => [
            `${nameOf(t, one)} – ${nameOf(t, other)}`,
            leftText(t, gauge, left),
            left === undefined ? '–' : <Bar part={left} whole={1} title={leftText(t, gauge, left)} />,
            error === undefined ? t('raters.gauge.unknown') : t.number(tenth(error)),
          ])}
        />
      )}
      {between.length > 0 && <p>{t('raters.gauge.text')}</p>}
    </section>
  );
};

const reasonFor = ({ standing, wants, differ, panels }: RegionGauge) => {
  if (panels.length < 2) return 'raters.gauge.alone';
  if (standing === 'not-yet') return wants === 'raters' ? 'raters.gauge.few' : 'raters.gauge.not-yet.text';
  return standing === 'comparable' && differ === false
    ? 'raters.gauge.same'
    : (`raters.gauge.${standing}.text` as const);
};

const groupsText = (t: Translator, count: number): string =>
  count === 1 ? t('raters.gauge.groups.one') : t('raters.gauge.groups.value', { count });

const leftText = (t: Translator, { differ }: RegionGauge, left: number | undefined): string => {
  if (left !== undefined) return t('raters.gauge.percent', { percent: Math.round(100 * left) });
  return t(differ === false ? 'raters.gauge.none' : 'raters.gauge.unknown');
};

const nameOf = (t: Translator, panel: string): string => {
  const code = RegionCode.safeParse(panel);
  return code.success ? regionName(code.data)[t.locale] : panel;
};
