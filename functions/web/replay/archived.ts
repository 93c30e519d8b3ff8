/** What a page of the past leads to and says of itself. */
export type Frame = {
  /** Stands before everything else of the page, as HTML. */
  banner: string;
  /** Before its title. */
  title: string;
  /** Where a link or a form leads in the past; undefined where it has no page there. */
  leads: (href: string) => string | undefined;
  /** Where the way back leads, if not to a page of that moment. */
  back: string;
};

/**
 * A page as it was sent, made one that is only looked at: nothing on it can be pressed, and what it links to is of the same moment or is plain text. The
 * page itself is today's and knows nothing of it. It is HTML of ours, where forms and links lie in none of their kind and every `<` of a text is escaped.
 */
export const archived = (html: string, { banner, title, leads, back }: Frame): string => {
  const [head = '', main = '', foot = ''] = html.split(/(?<=<main [^>]*>)|(?=<\/main>)/);
  const leadsBack = (_tag: string, href: string): string =>
    `<a href="${leads(href) ?? back}" class="govuk-back-link"`;
  return [
    head
      .replace('<title>', () => `<title>${title}: `)
      .replace(/<a href="([^"]*)" class="govuk-back-link"/, leadsBack),
    banner,
    lookedAt(main, leads),
    foot,
  ].join('');
};

const lookedAt = (main: string, leads: Frame['leads']): string =>
  main
    .replaceAll(foldedForms, '')
    .replaceAll(forms, (form, tag: string) =>
      tag.includes('method="post"') ? '' : ledTo(form, 'action', leads),
    )
    .replaceAll(controls, '')
    .replaceAll(todayOnly, '')
    .replaceAll(linksAlone, (all, href: string) => (leads(href) === undefined ? '' : all))
    .replaceAll(links, (link, _tag: string, text: string) => ledTo(link, 'href', leads) || text);

/** Empty where it leads nowhere. */
const ledTo = (element: string, attribute: 'action' | 'href', leads: Frame['leads']): string => {
  const named = new RegExp(`(<[^>]*\\b${attribute}=")([^"]*)`);
  const to = leads(named.exec(element)?.[2] ?? '');
  return to === undefined ? '' : element.replace(named, (_all, before: string) => before + to);
};

const forms = /<form\b([^>]*)>[\s\S]*?<\/form>/g;
const links = /<a\b([^>]*\bhref="[^"]*"[^>]*)>([\s\S]*?)<\/a>/g;

/** What opens to show a form. */
const foldedForms =
  /<details\b(?:(?!<\/details>)[\s\S])*?<form\b[^>]*method="post"(?:(?!<\/details>)[\s\S])*<\/details>/g;

/** What no print of a page has: the way to other pages, and what goes with a form, also as a column of a table. */
const controls = /<(p|section|nav|t[hd])\b[^>]*class="[^"]*\bscreen-only\b[^"]*"[^>]*>[\s\S]*?<\/\1>/g;

/** What is shown only for work that goes on, such as what somebody needs who is interviewed. */
const todayOnly = /<span class="today-only">[^<]*<\/span>/g;

/** An entry of a list, or a paragraph, that is nothing but one link. */
const linksAlone =
  /<(?:li|p)\b[^>]*>\s*<a\b[^>]*\bhref="([^"]*)"[^>]*>(?:(?!<\/a>)[\s\S])*<\/a>\s*<\/(?:li|p)>/g;
