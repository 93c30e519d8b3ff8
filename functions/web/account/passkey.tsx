import { Inset } from '#functions/web/parts.tsx';
import type { View } from '#functions/web/view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { accountPaths } from './paths.ts';

type CeremonyProps = { view: View; kind: 'register' | 'authenticate' | 'enrol'; next: string };

/**
 * A button that makes or shows a passkey. The browser can do that only by script; without it the page says so, and
 * everything that needs no passkey goes on working.
 */
export const Ceremony = ({ view, kind, next }: CeremonyProps) => {
  const { t } = view;
  const { options, answer } = addresses[kind];
  return (
    <>
      <noscript>
        <Inset>{t('account.passkey.needsScript')}</Inset>
      </noscript>
      <div
        data-passkey={kind === 'authenticate' ? 'get' : 'create'}
        data-options={options(t.locale)}
        data-answer={answer(t.locale)}
        data-next={next}
        hidden
      >
        <div role="alert">
          <Trouble t={t} name="cancelled" />
          <Trouble t={t} name="refused" />
          <Trouble t={t} name="unsupported" />
        </div>
        <button type="button" class="govuk-button">
          {t(`account.passkey.${kind}`)}
        </button>
      </div>
      {view.passkeyScript !== undefined && <script src={view.passkeyScript} type="module"></script>}
    </>
  );
};

const addresses = {
  authenticate: { options: accountPaths.passkeyOptions, answer: accountPaths.passkey },
  register: { options: accountPaths.newPasskeyOptions, answer: accountPaths.newPasskey },
  enrol: { options: accountPaths.newPasskeyOptions, answer: accountPaths.enrolPasskey },
} as const;

const Trouble = ({ t, name }: { t: Translator; name: 'cancelled' | 'refused' | 'unsupported' }) => (
  // Hidden outside: the component's own class would show it again.
  <div data-trouble={name} hidden>
    <p class="govuk-error-message">{t(`account.passkey.${name}`)}</p>
  </div>
);
