import type { HeldApplication } from '#shared/domain/personal-data.ts';
import { localeNames, type Translator } from '#shared/i18n/index.ts';
import type { PaperBlock, PaperFact } from './paper.ts';

/** What the committee asked and what was answered, a question after the other; nothing where nothing was asked. */
export const inquiryBlocks = ({ inquiries = [], zone }: HeldApplication, t: Translator): PaperBlock[] =>
  inquiries.flatMap((asked, index) => [
    { kind: 'heading', text: t('rights.inquiry', { number: index + 1 }) },
    {
      kind: 'facts',
      facts: [
        { name: t('inquiry.askedAt'), value: t.moment(asked.askedAt, zone) },
        { name: t('rights.request.due'), value: t.moment(asked.dueAt, zone) },
        { name: t('reference.state'), value: t(`inquiry.standing.${asked.standing}`) },
        ...given(t('inquiry.question'), asked.question),
        ...given(t('inquiry.answer'), asked.answer),
        ...given(t('rights.files'), asked.files.map((file) => fileLine(file, t)).join('\n')),
      ],
    },
  ]);

/** Whom the person named, and what they wrote where the round shows it. */
export const referenceBlocks = ({ references = [], zone }: HeldApplication, t: Translator): PaperBlock[] =>
  references.flatMap((reference, index) => [
    { kind: 'heading', text: t('reference.number', { number: index + 1 }) },
    {
      kind: 'facts',
      facts: [
        { name: t('reference.name'), value: reference.name },
        { name: t('reference.position'), value: reference.position },
        { name: t('reference.mail'), value: reference.mail },
        { name: t('reference.relation'), value: reference.relation },
        { name: t('reference.locale'), value: localeNames[reference.locale] },
        { name: t('reference.state'), value: t(`reference.status.${reference.status}`) },
        ...given(t('reference.askedAt'), reference.askedAt && t.moment(reference.askedAt, zone)),
        ...answerFacts(reference, t),
      ],
    },
  ]);

/** What those who judged say to the person; nothing before that is told. */
export const saidBlocks = ({ said }: HeldApplication, t: Translator): PaperBlock[] =>
  said
    ? [
        { kind: 'heading', text: t('results.said') },
        {
          kind: 'facts',
          facts: said.map(({ part, text: value }) => ({ name: t(`committee.${part}`), value })),
        },
      ]
    : [];

type Reference = NonNullable<HeldApplication['references']>[number];

const answerFacts = ({ answer }: Reference, t: Translator): PaperFact[] => {
  if (!answer) return [];
  const recommends = (['yes', 'reservations', 'no'] as const).find((one) => one === answer.recommends);
  return [
    ...given(t('reference.known'), answer.known),
    ...given(t('reference.recommends'), recommends && t(`reference.recommends.${recommends}`)),
    ...given(t('reference.answer'), answer.text),
  ];
};

const given = (name: string, value: string | undefined): PaperFact[] => (value ? [{ name, value }] : []);

/** A file by what it is, with its check value once it arrived. */
export const fileLine = (
  { title, requirement, bytes, sha256 }: HeldApplication['files'][number],
  t: Translator,
): string => {
  const name = title?.[t.locale] ?? requirement;
  if (bytes === undefined || sha256 === undefined) return name;
  return t('rights.file', { title: name, kilobytes: Math.ceil(bytes / 1024), sha256 });
};
