import type { AskedUndoing } from '#functions/commands/marks-views.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Fact } from '../parts.tsx';

/** Who asked that a file be undone, why, and how it ended. */
export const undoingFacts = (
  t: Translator,
  { by, at, status, said, ended, answer }: AskedUndoing,
  who: (by: PersonId, at: Instant) => string,
): Fact[] => [
  { name: t('marks.undo.asked'), value: who(by, at) },
  ...(said === undefined ? [] : [{ name: t('marks.undo.reason'), value: said }]),
  ...(ended && status !== 'waiting'
    ? [{ name: t(`marks.undo.${status}`), value: who(ended.by, ended.at) }]
    : []),
  ...(answer === undefined ? [] : [{ name: t('marks.undo.answer'), value: answer }]),
];
