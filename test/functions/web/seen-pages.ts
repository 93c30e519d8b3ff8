/**
 * A page that somebody comes to, as it is sent. `path` names it in reports; `address` is where it was asked for, which an answer to a
 * form has not.
 */
export type SeenPage = { path: string; html: string; address?: string };

type Get = (path: string) => Promise<{ status: number; text: string }>;

/** @throws when a page is not there: what weighs nothing proves nothing */
export const seen = async (get: Get, paths: readonly string[]): Promise<SeenPage[]> => {
  const pages: SeenPage[] = [];
  for (const path of paths) {
    const { status, text } = await get(path);
    if (status !== 200) throw new Error(`${path} answered ${status}.`);
    // Named without what chance gave it.
    const name = path.replace(/^\/\w\w/, '').replaceAll(/[0-9A-Z]{20}/g, ':id');
    pages.push({ path: name === '/' ? '/ (start page)' : name, html: text, address: path });
  }
  return pages;
};

export const named = (pages: readonly SeenPage[], when: string): SeenPage[] =>
  pages.map((page) => ({ ...page, path: `${page.path} (${when})` }));

/** What somebody is shown for a form that was posted, such as the page that takes a file or a form with its faults. */
export const answered = (path: string, { text: html }: { text: string }): SeenPage => ({ path, html });

/** The style sheet and the scripts that a page asks for, such as `site.css` and `upload.js`. */
export const assetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:href|src)="\/assets\/([^"]+)"/g)].map(([, name = '']) => name);
