import type { Provenance } from '#shared/domain/provenance.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Group } from './rule-group.tsx';

type Props = { t: Translator; file: RoundFile };

/** How many people score an application, and who they may be. */
export const RaterRules = ({ t, file: { raters } }: Props) => {
  const { adjustmentGate, load, match, links, anchors, chance } = raters;
  const rules: (readonly [string, Provenance])[] = [
    [t('raters.rule.each', { count: raters.perApplication }), raters],
    [t('raters.rule.apart', { percent: adjustmentGate.apartPercent }), adjustmentGate],
  ];
  if (load) rules.push([t('raters.rule.load', { atMost: load.atMost }), load]);
  if (match?.language) rules.push([t('raters.rule.language'), match]);
  if (match?.subject) rules.push([t('raters.rule.subject'), match]);
  if (links) rules.push([t('raters.rule.links', { percent: links.atLeastPercent }), links]);
  if (anchors) rules.push([t('raters.rule.anchors', { count: anchors.applications }), anchors]);
  if (chance) rules.push([t('raters.rule.chance', { percent: chance.atMostPercent }), chance]);
  return <Group t={t} title={t('raters.rule')} rules={rules} />;
};
