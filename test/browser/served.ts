import { type Home, startHome } from '#test/functions/web/account/home.ts';
import { compiledAssets } from '#test/functions/web/compiled-assets.ts';
import { listen } from './listening.ts';

/** The pages with their real style sheet and scripts, at a real address: passkeys need one. */
export const serveHome = async (): Promise<Home & { origin: string }> => {
  const { origin, answerWith, stop } = await listen();
  const home = await startHome({ origin, assets: await compiledAssets() });
  answerWith((request) => home.app.request(request));
  return {
    ...home,
    origin,
    stop: async () => {
      await stop();
      await home.stop();
    },
  };
};
