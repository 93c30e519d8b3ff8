import type { BroughtList } from '#shared/domain/elsewhere.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';

type LinksProps = { t: Translator; id: ApplicationId; lists: readonly BroughtList[] };

/** To the posts of other regions that an application is asked about. */
export const ElsewhereLinks = ({ t, id, lists }: LinksProps) =>
  lists.length === 0 ? null : (
    <ul class="govuk-list">
      {lists.map(({ number, region }) => (
        <li>
          <a href={paths.ownElsewhere(t.locale, id, number)}>
            {t('elsewhere.own.of', { region: regionName(region)[t.locale] })}
          </a>
        </li>
      ))}
    </ul>
  );
