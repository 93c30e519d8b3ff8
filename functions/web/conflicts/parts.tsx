import type { ConflictView } from '#functions/commands/conflict-views.ts';
import { strengthOf } from '#shared/domain/conflict.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { type Colour, Tag } from '../parts.tsx';

type Props = { t: Translator; conflict: ConflictView };

/** On what it rests, each ground with how much it says. */
export const GroundList = ({ t, conflict: { declaredAt, found, ruling } }: Props) => (
  <>
    {[
      ...(declaredAt ? [t('conflicts.because.declared')] : []),
      ...(found?.grounds ?? []).map(
        (ground) => `${t(`conflicts.ground.${ground}`)} (${t(`conflicts.strength.${strengthOf(ground)}`)})`,
      ),
      ...(!declaredAt && !found && ruling ? [t('conflicts.because.pinned')] : []),
    ].join('; ')}
  </>
);

export const StandingTag = ({ t, conflict }: Props) => {
  const [colour, key] = standingOf(conflict);
  return <Tag colour={colour}>{t(`conflicts.standing.${key}`)}</Tag>;
};

const standingOf = ({ bars, declaredAt, ruling }: ConflictView) => {
  if (ruling)
    return ruling.ruling === 'pinned' ? (['red', 'pinned'] as const) : (['green', 'cleared'] as const);
  if (declaredAt) return ['red', 'declared'] as const;
  return bars ? (['yellow', 'possible'] as const) : (['grey', 'shown'] satisfies [Colour, 'shown']);
};
