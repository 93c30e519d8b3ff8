import type { Translator } from '#shared/i18n/index.ts';
import { Inset } from './parts.tsx';

/** Who is left out of a choice because they have seen names or marks, and why; nothing where nobody is. */
export const Unblinded = ({ t, people }: { t: Translator; people: readonly { name: string }[] }) =>
  people.length > 0 ? (
    <Inset>
      <p>{t('committee.unblinded')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {people.map(({ name }) => (
          <li>{name}</li>
        ))}
      </ul>
    </Inset>
  ) : null;
