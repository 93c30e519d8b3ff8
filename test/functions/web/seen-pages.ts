/** A page that somebody comes to, as it is sent. */
export type SeenPage = { path: string; html: string };

type Get = (path: string) => Promise<{ status: number; text: string }>;

/** @throws when a page is not there: what weighs nothing proves nothing */
export const seen = async (get: Get, paths: readonly string[]): Promise<SeenPage[]> => {
  const pages: SeenPage[] = [];
  for (const path of paths) {
    const { status, text } = await get(path);
    if (status !== 200) throw new Error(`${path} answered ${status}.`);
    // Named without what chance gave it.
    const name = path.replace(/^\/\w\w/, '').replaceAll(/[0-9A-Z]{20}/g, ':id');
    pages.push({ path: name === '/' ? '/ (start page)' : name, html: text });
  }
  return pages;
};

export const named = (pages: readonly SeenPage[], when: string): SeenPage[] =>
  pages.map(({ path, html }) => ({ path: `${path} (${when})`, html }));
