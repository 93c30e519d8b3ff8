import * as z from 'zod';
import { correctsText, criteriaOf } from '#shared/correction-texts.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Correction, Corrects } from '#shared/replay/correction.ts';
import { Doer, doerOf, doerSaid, Reason } from './doer.ts';
import type { Gathered } from './gathered.ts';
import type { PaperFact, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** A correction that somebody asked for, and what another person answered. */
export const MinutesCorrection = z.strictObject({
  number: z.int().min(1),
  corrects: Corrects,
  /** The one that it is about, as the round file calls it. */
  criterion: z.strictObject({ code: z.string(), title: Texts }).optional(),
  status: Correction.shape.status,
  asked: Doer,
  reason: Reason.optional(),
  /** Withdrawn by who asked, or refused by somebody else, who said why. */
  ended: Doer.extend({ reason: Reason.optional() }).optional(),
  /** `people`: whom it concerned; `letters`: how many of them were told. */
  applied: Doer.extend({ people: z.int().min(0), letters: z.int().min(0) }).optional(),
  /** The number of the final results that came of it, where they were decided already. */
  edition: z.int().min(2).optional(),
});
export type MinutesCorrection = z.infer<typeof MinutesCorrection>;

/** Each in the order in which it was asked for; nothing where none was. */
export const gatheredCorrections = (gathered: Told): { corrections?: MinutesCorrection[] } => {
  const { corrections = [] } = gathered;
  return corrections.length > 0 ? { corrections: corrections.map((one) => correctionOf(one, gathered)) } : {};
};

type Told = Pick<Gathered, 'corrections' | 'file' | 'names' | 'said' | 'round'>;

const correctionOf = (
  correction: NonNullable<Gathered['corrections']>[number],
  gathered: Told,
): MinutesCorrection => {
  const { number, corrects, status, ended, applied, concerned: people } = correction;
  const about =
    corrects.kind === 'criterion'
      ? criteriaOf(gathered.file).find(({ code }) => code === corrects.criterion)
      : undefined;
  const edition = gathered.round.editions?.find((one) => one.correction === number)?.number;
  return {
    number,
    corrects,
    ...(about && { criterion: { code: about.code, title: about.title } }),
    status,
    asked: doerOf(correction, gathered),
    ...because(gathered.said(correction.reason)),
    ...(ended && { ended: { ...doerOf(ended, gathered), ...because(gathered.said(ended.reason)) } }),
    ...(applied && { applied: { ...doerOf(applied, gathered), people, letters: applied.recipients } }),
    ...(edition !== undefined && { edition }),
  };
};

const because = (reason: string | undefined): { reason?: string } => (reason ? { reason } : {});

/** A section of its own, where results were corrected or somebody asked for it. */
export const correctionsSection = (
  { corrections = [], zone }: { corrections?: MinutesCorrection[] | undefined; zone: string },
  t: PaperTranslator,
): PaperSection[] =>
  corrections.length === 0
    ? []
    : [
        {
          heading: t('papers.corrections.heading'),
          blocks: [{ kind: 'facts', facts: corrections.map((one) => factOf(one, zone, t)) }],
        },
      ];

const factOf = (correction: MinutesCorrection, zone: string, t: PaperTranslator): PaperFact => {
  const { number, corrects, criterion, status, asked, reason, ended, applied, edition } = correction;
  const reasonLine = (text: string | undefined): string[] =>
    text === undefined ? [] : [t('papers.gates.reason', { reason: text })];
  const lines = [
    `${correctsText(t, corrects, criterion ? [criterion] : [])}.`,
    t('papers.corrections.asked', doerSaid(asked, zone, t)),
    ...reasonLine(reason),
    ...(ended
      ? [
          t(
            status === 'refused' ? 'papers.corrections.refused' : 'papers.corrections.withdrawn',
            doerSaid(ended, zone, t),
          ),
        ]
      : []),
    ...reasonLine(ended?.reason),
    ...(applied
      ? [
          t('papers.corrections.applied', doerSaid(applied, zone, t)),
          t('papers.corrections.concerned', { people: applied.people, letters: applied.letters }),
        ]
      : []),
    ...(edition === undefined ? [] : [t('papers.corrections.edition', { number: edition })]),
  ];
  const name = `${t('corrections.number', { number })}: ${t(`corrections.status.${status}`)}`;
  return { name, value: lines.join('\n') };
};
