import { fileURLToPath } from 'node:url';
import { buildAssets } from '#infra/build/assets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The style sheet of the product, as it is built. */
export const builtStyles = async (): Promise<string> => {
  const { outputs } = await buildAssets(root, 'assets');
  const sheet = outputs.find(({ path }) => path.endsWith('.css'));
  if (!sheet) throw new Error('No style sheet was built.');
  return sheet.bytes.toString();
};

/** A page as it was sent, with the style sheet in it instead of beside it. */
export const styled = (html: string, styles: string): string =>
  html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${styles}</style>`);
