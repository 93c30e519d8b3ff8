import type { Returned } from '#shared/domain/person.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { accountPaths } from './account/paths.ts';

/** Says to somebody who is signed in that letters do not reach them, and what they can do. */
export const ReturnedNotice = ({ t, returned }: { t: Translator; returned: Returned | undefined }) =>
  returned === undefined ? null : (
    <div class="govuk-inset-text">
      <p>
        <strong>{t('account.returned', { at: t.moment(returned.at) })}</strong>
      </p>
      <p>{t('account.returned.text')}</p>
      <a href={accountPaths.mailbox(t.locale)}>{t('account.returned.change')}</a>
    </div>
  );
