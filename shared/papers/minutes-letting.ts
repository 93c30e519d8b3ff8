import * as z from 'zod';
import { RoundEvent } from '#shared/domain/round.ts';
import { Doer, doerOf, doerSaid, Reason } from './doer.ts';
import type { Gathered } from './gathered.ts';
import type { PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

const count = z.int().min(0);

/** One step of offers that went out in parts (ANCHORS F5): let go, up to a place of the ranking or to everybody, or stopped. */
export const LettingStep = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('released'),
    /** Absent where no person of the round did it. */
    by: Doer.optional(),
    recipients: count,
    /** Absent where it was everybody. */
    part: z.strictObject({ through: z.int().min(1), left: count }).optional(),
  }),
  z.strictObject({ step: z.literal('stopped'), by: Doer.optional(), reason: Reason.optional() }),
]);
export type LettingStep = z.infer<typeof LettingStep>;

/** Every release and stop of offers in its order; nothing where all went out at once. */
export const gatheredLetting = (
  gathered: Pick<Gathered, 'history' | 'names' | 'said'>,
): { letting?: LettingStep[] } => {
  const steps = gathered.history.flatMap(({ fact, by }): LettingStep[] => {
    const event = RoundEvent.parse(fact);
    if (event.type !== 'offers-released' && event.type !== 'offers-stopped') return [];
    const doer = by.kind === 'person' ? { by: doerOf({ by: by.id, at: event.at }, gathered) } : {};
    if (event.type === 'offers-released') {
      const { recipients, part } = event;
      return [{ step: 'released', ...doer, recipients, ...(part && { part }) }];
    }
    const reason = gathered.said(event.reason);
    return [{ step: 'stopped', ...doer, ...(reason && { reason }) }];
  });
  const inParts = steps.some((one) => one.step === 'stopped' || one.part !== undefined);
  return inParts ? { letting: steps } : {};
};

export const lettingSection = (
  { letting = [], zone }: { letting?: LettingStep[] | undefined; zone: string },
  t: PaperTranslator,
): PaperSection[] => {
  if (letting.length === 0) return [];
  const facts = letting.map((one) => ({
    name: t(`papers.letting.${one.step}`),
    value: [
      ...(one.by ? [t('papers.letting.by', doerSaid(one.by, zone, t))] : []),
      ...(one.step === 'stopped' ? reasonSaid(one, t) : [countSaid(one, t)]),
    ].join('\n'),
  }));
  return [{ heading: t('papers.letting.heading'), blocks: [{ kind: 'facts', facts }] }];
};

const reasonSaid = ({ reason }: { reason?: string | undefined }, t: PaperTranslator): string[] =>
  reason === undefined ? [] : [t('papers.gates.reason', { reason })];

const countSaid = (
  { recipients, part }: Extract<LettingStep, { step: 'released' }>,
  t: PaperTranslator,
): string =>
  part ? t('papers.letting.part', { recipients, ...part }) : t('papers.letting.all', { recipients });
