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
  if (what === 'results-corrected' || what === 'offers-by-edition') return editionTitle(t, what, step);
  return t(`timeline.${what}`, factsOf(t, step));
};

/** With what changed for the owner, where something did. */
const editionTitle = (
  t: Translator,
  what: 'results-corrected' | 'offers-by-edition',
  { edition = 1, outcome }: TimelineStep,
): string =>
  [t(`timeline.${what}`, { edition }), ...(outcome ? [t(`timeline.edition.${outcome}`)] : [])].join('. ');

const factsOf = (t: Translator, { vacancy, reference, referee, region }: TimelineStep) => ({
  ...(vacancy && { vacancy }),
  ...(reference && { reference, referee: referee ?? '—' }),
  ...(region && { region: regionName(region)[t.locale] }),
});
