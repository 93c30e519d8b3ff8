import { compiledAssets } from '#test/functions/web/compiled-assets.ts';
import { aSite, type Site } from '#test/functions/web/site.ts';
import { listen } from './listening.ts';

/** The pages on memory ports behind a real port, with a storage that takes what browsers post to it. */
export type ServedSite = { site: Site; origin: string; stop: () => Promise<void> };

export const serveSite = async (): Promise<ServedSite> => {
  const { origin, answerWith, stop } = await listen();
  const site = aSite({ origin, storage: `${origin}/storage`, assets: await compiledAssets() });
  answerWith((request) =>
    new URL(request.url).pathname === '/storage' ? keep(site, request) : site.app.fetch(request),
  );
  return { site, origin, stop };
};

/** As S3 does it: keeps the file, then sends the browser back. The file is looked at a moment later. */
const keep = async (site: Site, request: Request): Promise<Response> => {
  const form = await request.formData();
  const [, applicationId = '', documentId = ''] = textOf(form, 'key').split('/');
  const file = form.get('file');
  if (!(file instanceof File)) return new Response('No file', { status: 400 });
  const bytes = new Uint8Array(await file.arrayBuffer());
  setTimeout(() => void site.arrive(applicationId, documentId, bytes), 1000);
  return new Response(null, { status: 303, headers: { location: textOf(form, 'success_action_redirect') } });
};

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
