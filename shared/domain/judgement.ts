import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';

export type JudgementEvent = Extract<CandidacyEvent, { type: 'application-judged' | `judgement-${string}` }>;

export const isJudgement = (event: CandidacyEvent): event is JudgementEvent =>
  event.type === 'application-judged' || event.type.startsWith('judgement-');

/** How events change what somebody judged at screening. */
export const evolveJudgement = ({ judgement, ...left }: Candidacy, event: JudgementEvent): Candidacy => {
  if (event.type === 'judgement-outdated') {
    const { at, document, says } = event;
    return judgement ? { ...left, judgement: { ...judgement, outdated: { at, document, says } } } : left;
  }
  const { by, at } = event;
  if (event.type === 'application-judged') {
    const { verdict, reason, awaits } = event;
    const judged = { verdict, by, at, ...(reason && { reason }), ...(awaits && { awaits }) };
    return { ...left, judgement: judged };
  }
  // Without its first person a judgement is none.
  if (!judgement || (event.type === 'judgement-set-aside' && judgement.by === by)) return left;
  const { awaits: _over, confirmed: _before, ...judged } = judgement;
  if (event.type === 'judgement-confirmed')
    return { ...left, judgement: { ...judged, confirmed: { by, at } } };
  // Without its second one it waits for another.
  return { ...left, judgement: { ...judged, awaits: 'second' } };
};
