import { regionName } from '#shared/domain/region.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** What a step of the own timeline is called, on pages and papers alike. */
export const stepTitle = (t: Translator, step: TimelineStep): string => {
  const { what, stage, outcome } = step;
  const name = stage ? t(`codes.stage.${stage}`) : '';
  if (what === 'stage') return step.done ? t('timeline.stage-over', { stage: name }) : name;
  if (what === 'told') return t(`timeline.told.${outcome ?? 'stops'}`, { stage: name });
  if (what === 'call-closes' && step.done) return t('timeline.call-closed');
  return t(`timeline.${what}`, factsOf(t, step));
};

const factsOf = (t: Translator, { vacancy, reference, referee, region }: TimelineStep) => ({
  ...(vacancy && { vacancy }),
  ...(reference && { reference, referee: referee ?? '—' }),
  ...(region && { region: regionName(region)[t.locale] }),
});
