import type { Provenance } from '#shared/domain/provenance.ts';
import { Page } from './layout.tsx';
import { Source } from './parts.tsx';
import type { View } from './view.ts';

/** Facts of the programme with their sources (DOMAIN 1); the texts are ours, in `programme.json`. */
const facts = [
  { key: 'act', source: 'https://adilet.zan.kz/kaz/docs/P2200000390', confidence: 'high' },
  { key: 'who', source: 'https://ontustiktv.kz/kz/news/51359', confidence: 'high' },
  { key: 'surcharge', source: 'https://adilet.zan.kz/rus/docs/P2200000707/compare/rus', confidence: 'high' },
  { key: 'category', source: 'https://ontustiktv.kz/kz/news/51359', confidence: 'high' },
  { key: 'children', source: 'https://ontustiktv.kz/kz/news/51359', confidence: 'high' },
  { key: 'contract', source: 'https://ontustiktv.kz/kz/news/51359', confidence: 'high' },
  {
    key: 'stages',
    source: 'https://www.alataunews.kz/ajmaq/almaty-oblysyna-400-den-astam-mughalim-qazhet/',
    confidence: 'high',
  },
  {
    key: 'move',
    source:
      'https://informburodata.com/novosti/kakie-usloviya-predlozat-vysokoklassnym-ucitelyam-ctoby-oni-soglasilis-rabotat-v-problemnyx-regionax',
    confidence: 'medium',
  },
] as const;

const verifiedOn = '2026-11-22';

export const ProgrammePage = ({ view }: { view: View }) => {
  const { t } = view;
  return (
    <Page view={view} title={t('programme.title')}>
      <p class="lead">{t('programme.lead')}</p>
      {facts.map(({ key, source, confidence }) => (
        <section class="rule">
          <h2 class="govuk-heading-s">{t(`programme.${key}.title`)}</h2>
          <p>{t(`programme.${key}.text`)}</p>
          <Source t={t} of={{ source, confidence, verifiedOn } satisfies Provenance} />
        </section>
      ))}
      <h2 class="govuk-heading-m">{t('programme.unknown.title')}</h2>
      <p>{t('programme.unknown.text')}</p>
    </Page>
  );
};
