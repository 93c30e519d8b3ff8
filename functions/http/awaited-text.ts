import type { PersonId } from '#shared/domain/ids.ts';
import type { AwaitedOf } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** What an application waits for before it is discussed, and of whom: by name where the reader may know it and `names` does. */
export const awaitedText = (
  { number, count, members, guests, people = [] }: AwaitedOf,
  t: Translator,
  names: ReadonlyMap<PersonId, string> = new Map(),
): string => {
  const named = people.flatMap((id) => names.get(id) ?? []);
  const rest =
    named.length > 0 ? { members: 0, guests: members + guests - named.length } : { members, guests };
  const nobody = count - members - guests;
  return [
    t('discussion.awaited.count', { number, count }),
    ...(named.length > 0 ? [t('discussion.awaited.people', { names: named.join(', ') })] : []),
    ...(rest.members > 0 ? [t('discussion.awaited.members', { count: rest.members })] : []),
    ...(rest.guests > 0 ? [t('discussion.awaited.guests', { count: rest.guests })] : []),
    ...(nobody > 0 ? [t('discussion.awaited.nobody', { count: nobody })] : []),
  ].join('; ');
};
