import type { RegionGauge } from '#functions/commands/rater-overview.ts';
import { RegionCode, regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Facts, Inset, Table } from '../parts.tsx';
import { tenth } from './feedback.tsx';

/** Whether the scores that are in let regions be compared, in words, counts and for each two regions what is not known yet. */
export const Gauge = ({ t, gauge }: { t: Translator; gauge: RegionGauge }) => {
  const { standing, groups, panels, between, links, anchors } = gauge;
  return (
    <section>
      <h3 class="govuk-heading-s">{t('raters.gauge.title')}</h3>
      <Inset>
        <p>
          <strong>{t(`raters.gauge.${standing}`)}</strong>{' '}
          {t(panels.length < 2 ? 'raters.gauge.alone' : `raters.gauge.${standing}.text`)}
        </p>
      </Inset>
      <Facts
        facts={[
          { name: t('raters.gauge.groups'), value: t('raters.gauge.groups.value', { count: groups }) },
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
          head={[t('raters.gauge.regions'), t('raters.gauge.left'), t('raters.gauge.error')]}
          numeric={[1, 2]}
          rows={between.map(({ panels: [one, other], left, error }) => [
            `${nameOf(t, one)} – ${nameOf(t, other)}`,
            left === undefined
              ? t('raters.gauge.unknown')
              : t('raters.gauge.percent', { percent: Math.round(100 * left) }),
            error === undefined ? t('raters.gauge.unknown') : t.number(tenth(error)),
          ])}
        />
      )}
      {between.length > 0 && <p>{t('raters.gauge.text')}</p>}
    </section>
  );
};

const nameOf = (t: Translator, panel: string): string => {
  const code = RegionCode.safeParse(panel);
  return code.success ? regionName(code.data)[t.locale] : panel;
};
