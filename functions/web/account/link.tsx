import type { EnrolmentLink } from '#functions/commands/staff.ts';
import { Page } from '#functions/web/layout.tsx';
import { Inset } from '#functions/web/parts.tsx';
import type { View } from '#functions/web/view.ts';

type LinkProps = {
  view: View;
  link: EnrolmentLink;
  purpose: 'invite' | 'handOver' | 'replacement';
  back: string;
};

/** A link that works once, shown once: it is stored nowhere, so nobody can look it up later. */
export const LinkPage = ({ view, link, purpose, back }: LinkProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t('account.link.title')} back={{ href: back }}>
      <p>{t(`account.link.${purpose}`)}</p>
      <Inset>
        <code class="digest">{link.link}</code>
      </Inset>
      <p>{t('account.link.once', { at: t.moment(link.expiresAt) })}</p>
    </Page>
  );
};
