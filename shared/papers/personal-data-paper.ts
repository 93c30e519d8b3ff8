import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { PersonalData } from '#shared/domain/personal-data.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { heldInWords } from './held-in-words.ts';
import type { Paper, PaperSection } from './paper.ts';
import { withPaperTexts } from './words.ts';

/** What is held about a person, and what of it is not repeated here, as a paper in the language of the translator. Nobody signs it. */
export const personalDataPaper = (held: PersonalData, translator: Translator): Paper => {
  const t = withPaperTexts(translator);
  const region = regionName(held.region)[t.locale];
  return {
    locale: t.locale,
    issuer: t('papers.issuer', { region }),
    title: t('rights.title'),
    subject: held.account.mail ?? held.account.name ?? t('rights.account'),
    date: t.day(held.madeAt),
    place: region,
    facts: [],
    remarks: [t('rights.text')],
    sections: [
      ...heldInWords(held, t),
      { heading: t('rights.requests'), blocks: requestBlocks(held, t) },
      { heading: t('rights.paper.meaning'), blocks: [{ kind: 'text', text: t('rights.paper.text') }] },
    ],
    signatures: { heading: t('papers.signatures'), hint: t('papers.signature'), lines: [] },
    pageOf: t('papers.pageOf', { page: '{page}', pages: '{pages}' }),
    digest: { label: t('papers.digest'), sha256: sha256Of(canonicalJson(held)) },
    madeAt: held.madeAt,
  };
};

const requestBlocks = ({ requests }: PersonalData, t: Translator): PaperSection['blocks'] =>
  requests.length === 0
    ? [{ kind: 'text', text: t('rights.requests.none') }]
    : requests.map(({ kind, number, filedAt, dueAt, text, outcome, answer }) => ({
        kind: 'facts',
        facts: [
          {
            name: t('rights.request.kind'),
            value: [t(`rights.kind.${kind}`), number].filter(Boolean).join(', '),
          },
          { name: t('rights.request.filed'), value: t.moment(filedAt) },
          { name: t('rights.request.due'), value: t.moment(dueAt) },
          {
            name: t('rights.request.outcome'),
            value: outcome ? t(`rights.outcome.${outcome}`) : t('rights.request.open'),
          },
          ...(text ? [{ name: t('rights.correct.field'), value: text }] : []),
          ...(answer ? [{ name: t('rights.staff.answer'), value: answer }] : []),
        ],
      }));
