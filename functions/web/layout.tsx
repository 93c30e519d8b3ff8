import { html, raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import type { Role } from '#shared/domain/role.ts';
import { localeNames, locales, type MessageKey, type Translator } from '#shared/i18n/index.ts';
import { WholeNumbers } from './parts.tsx';
import { paths } from './paths.ts';
import type { View, Visitor } from './view.ts';

type PageProps = PropsWithChildren<{
  view: View;
  /** Of the document and, unless the page draws its own, its only h1. */
  title: string;
  /** A form with faults says so first, in the title too: a reader of the tab hears it before anything else. */
  failed?: boolean;
  back?: { href: string; text?: string } | undefined;
  /** The page draws its h1 itself, as the legend of its only question does. */
  ownHeading?: boolean;
  /** Small print over the heading, such as the name of the round. */
  caption?: string | undefined;
  /** Tables may use the whole width; texts keep a line that can be read. */
  wide?: boolean;
}>;

/** The frame of every page: skip link, name of the service, languages, navigation, one h1, footer. */
export const Page = (props: PageProps) => {
  const { view, title, failed, children } = props;
  const { t } = view;
  return (
    <>
      {html`<!doctype html>`}
      <html lang={t.locale} class="govuk-template">
        <head>
          <meta charset="utf-8" />
          <title>{`${failed === true ? `${t('common.error')} ` : ''}${title} – ${t('common.service')}`}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="theme-color" content="#0b4f5c" />
          <link rel="icon" href={icon} />
          <link rel="stylesheet" href={view.stylesheet} />
          {view.script !== undefined && <script src={view.script} type="module"></script>}
        </head>
        <body class="govuk-template__body">
          <a href="#main" class="govuk-skip-link">
            {t('common.skip')}
          </a>
          <Header view={view} />
          <div class="govuk-width-container">
            {props.back && (
              <nav aria-label={t('common.back')}>
                <a href={props.back.href} class="govuk-back-link">
                  {props.back.text ?? t('common.back')}
                </a>
              </nav>
            )}
            <main class="govuk-main-wrapper" id="main">
              {view.notice !== undefined && <Notice t={t} text={view.notice} />}
              {view.assisted && <ActingFor t={t} {...view.assisted} />}
              <div class={props.wide === true ? 'page-wide' : 'page-text'}>
                {props.ownHeading !== true && <Heading title={title} caption={props.caption} />}
                {children}
              </div>
            </main>
          </div>
          <Footer view={view} />
        </body>
      </html>
    </>
  );
};

const Heading = ({ title, caption }: { title: string; caption?: string | undefined }) => (
  <h1 class="govuk-heading-l">
    {caption !== undefined && (
      <span class="govuk-caption-l">
        <WholeNumbers text={caption} />
      </span>
    )}
    <WholeNumbers text={title} />
  </h1>
);

const Notice = ({ t, text }: { t: Translator; text: string }) => (
  <div
    class="govuk-notification-banner govuk-notification-banner--success"
    role="alert"
    aria-labelledby="notice-title"
  >
    <div class="govuk-notification-banner__header">
      <h2 class="govuk-notification-banner__title" id="notice-title">
        {t('common.success')}
      </h2>
    </div>
    <div class="govuk-notification-banner__content">
      <p class="govuk-notification-banner__heading">{text}</p>
    </div>
  </div>
);

const ActingFor = ({ t, name, href }: { t: Translator; name: string; href: string }) => (
  <div class="govuk-inset-text">
    {t('desk.actingFor', { name })} <a href={href}>{t('desk.toPerson')}</a>
  </div>
);

const Header = ({ view }: { view: View }) => {
  const { t } = view;
  return (
    <header class="site-header">
      <div class="govuk-width-container">
        <div class="site-header__bar">
          <a class="site-header__name" href={paths.home(t.locale)}>
            {t('common.service')}
            <span class="site-header__region">{view.regionName}</span>
          </a>
          <Languages view={view} />
        </div>
        <nav aria-label={t('common.navigation')}>
          <ul class="site-nav">
            {navigationFor(view.visitor).map(([key, path]) => (
              <li>
                <a href={path(t.locale)} aria-current={isHere(view, path(t.locale)) ? 'page' : undefined}>
                  {t(key)}
                </a>
              </li>
            ))}
            {view.visitor && <SignOut t={t} />}
          </ul>
        </nav>
      </div>
    </header>
  );
};

const Languages = ({ view }: { view: View }) => (
  <nav class="site-languages" aria-label={view.t('common.languages')}>
    <ul>
      {locales.map((locale) => (
        <li>
          {locale === view.t.locale ? (
            <span aria-current="true" lang={locale}>
              {localeNames[locale]}
            </span>
          ) : (
            <a href={`/${locale}${view.path}${view.query}`} lang={locale} hreflang={locale} rel="alternate">
              {localeNames[locale]}
            </a>
          )}
        </li>
      ))}
    </ul>
  </nav>
);

/** A form, because signing out changes something. */
const SignOut = ({ t }: { t: Translator }) => (
  <li class="site-nav__end">
    <form method="post" action={paths.signOut(t.locale)}>
      <button type="submit" class="link-button">
        {t('common.signOut')}
      </button>
    </form>
  </li>
);

type Destination = readonly [MessageKey, (locale: Translator['locale']) => string];

const navigationFor = (visitor: Visitor | undefined): readonly Destination[] => {
  const open: Destination[] = [
    ['common.calls', paths.calls],
    ['call.vacancies', paths.everyVacancy],
    ['common.programme', paths.programme],
  ];
  if (!visitor) return [...open, ['common.signIn', paths.signIn]];
  if (visitor.roles.some((role) => committeeRoles.has(role))) {
    open.push(['committee.mine', paths.committees]);
  }
  if (visitor.roles.includes('guest')) open.push(['guests.mine', paths.ownGuestRounds]);
  if (visitor.roles.includes('school')) open.push(['placement.school.title', paths.school]);
  if (visitor.roles.includes('desk')) open.push(['desk.title', paths.desk]);
  if (visitor.roles.includes('auditor')) open.push(['screening.audit', paths.audit]);
  // Administrators come to it from the rounds that they manage.
  if (visitor.roles.includes('auditor') || visitor.roles.includes('coordinator')) {
    open.push(['report.title', (locale) => paths.report(locale)]);
  }
  if (visitor.roles.includes('administrator')) {
    open.push(['common.manage', paths.manage], ['common.staff', paths.staff]);
  }
  return [...open, ['common.myApplications', paths.applications], ['common.account', paths.account]];
};

const committeeRoles: ReadonlySet<Role> = new Set<Role>(['chair', 'secretary', 'member']);

const isHere = (view: View, href: string): boolean => href === `/${view.t.locale}${view.path}`;

const Footer = ({ view }: { view: View }) => (
  <footer class="site-footer">
    <div class="govuk-width-container">
      <p>{view.t('common.serviceLong')}.</p>
      <p>
        <a href={paths.privacy(view.t.locale)}>{view.t('common.personalData')}</a>
      </p>
    </div>
  </footer>
);

/** Drawn inline, so that no browser asks for /favicon.ico. */
const icon = raw(
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230b4f5c'/%3E%3Cpath d='M4 8.5l3 3 5-7' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E",
);
