import { compiledAssets } from '#test/functions/web/compiled-assets.ts';
import { aSite, type Site } from '#test/functions/web/site.ts';
import { listen } from './listening.ts';
import { takeFile } from './storage.ts';

/** The pages on memory ports behind a real port, with a storage that takes what browsers post to it. */
export type ServedSite = { site: Site; origin: string; stop: () => Promise<void> };

export const serveSite = async (): Promise<ServedSite> => {
  const { origin, answerWith, stop } = await listen();
  const site = aSite({ origin, storage: `${origin}/storage`, assets: await compiledAssets() });
  const arrive = async (key: string, bytes: Uint8Array): Promise<void> => {
    const [, applicationId = '', documentId = ''] = key.split('/');
    await site.arrive(applicationId, documentId, bytes);
  };
  answerWith((request) =>
    new URL(request.url).pathname === '/storage' ? takeFile(request, arrive, 1000) : site.app.fetch(request),
  );
  return { site, origin, stop };
};
