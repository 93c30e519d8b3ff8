import { type Finding, finding } from '#shared/bundle/finding.ts';
import type { OfferStep, Statement } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { addSeconds } from '#shared/domain/time.ts';

/**
 * Whether no offer lapsed before so many days were over as the round file gives working days: a lower bound for which nobody needs to know
 * which days were free. Nothing to say where none lapsed.
 */
export const checkAnswerTime = ({ offers, rows }: Statement, { answer }: RoundRules): Finding[] => {
  const { steps = [] } = offers ?? {};
  const lapses = steps.flatMap((step, index) => (step.type === 'lapsed' ? [{ step, index }] : []));
  if (!answer || lapses.length === 0) return [];
  const early = lapses.filter(({ step, index }) => {
    const since = steps.slice(0, index).findLast((before) => isSince(before, step));
    return since !== undefined && step.at < earliestEnd(since, answer);
  });
  return [
    finding(
      'answer-time',
      lapses.length,
      early.flatMap(({ step }) => rows.slice(step.seeker, step.seeker + 1)),
    ),
  ];
};

type Lapsed = Extract<OfferStep, { vacancy: number; seeker: number }>;

/** The step from which on the time of an offer runs: that it was made, or was accepted on a condition. */
const isSince = (step: OfferStep, { seeker, vacancy }: Lapsed): boolean =>
  (step.type === 'offered' || step.type === 'accepted-conditionally') &&
  step.seeker === seeker &&
  step.vacancy === vacancy;

/** Steps do not tell which condition it was: the shortest is the least that any has. */
const earliestEnd = (
  { at, type }: OfferStep,
  { workingDays, conditions = [] }: NonNullable<RoundRules['answer']>,
): string => {
  const ofConditions = conditions.map((condition) => condition.workingDays);
  const days = type === 'offered' || ofConditions.length === 0 ? workingDays : Math.min(...ofConditions);
  return addSeconds(at, days * 86_400 - clocksApart);
};

/** A step has the moment of the one before where its own clock was behind, and a zone may move its clocks by an hour. */
const clocksApart = 3600;
