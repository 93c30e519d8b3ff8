import type { VotingRule } from '#shared/domain/recusal-rule.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** What follows for a vote from a conflict of interest, as the round file says it or, where it says nothing, as it is then. */
export const recusalText = (t: Translator, { recusal }: Pick<VotingRule, 'recusal'>): string => {
  const { leaves = 'application', quorum = { of: 'committee' }, substitutes = 'when-short' } = recusal ?? {};
  return [
    t(`call.rules.recusal.leaves.${leaves}`),
    quorum.of === 'taking-part'
      ? t('call.rules.recusal.quorum.taking-part', { count: quorum.atLeast })
      : t('call.rules.recusal.quorum.committee'),
    t(`call.rules.recusal.substitutes.${substitutes}`),
  ].join(' ');
};
