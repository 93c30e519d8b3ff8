import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from './bundle.ts';

/** One family that has every Kazakh and Russian letter and the tenge sign in one file a weight. Papers are set in it. */
const family = 'node_modules/@expo-google-fonts/noto-sans';

const files = {
  'NotoSans_400Regular.ttf': '400Regular/NotoSans_400Regular.ttf',
  'NotoSans_700Bold.ttf': '700Bold/NotoSans_700Bold.ttf',
  // The Open Font License goes wherever the fonts go.
  'LICENSE.txt': 'LICENSE_FONT',
};

/** The fonts of papers as files below `folder`. */
export const buildFonts = (root: string, folder: string): { outputs: Output[]; inputs: string[] } => {
  const fonts = Object.entries(files).map(([name, path]) => ({ name, input: join(family, path) }));
  return {
    outputs: fonts.map(({ name, input }) => ({
      path: `${folder}/${name}`,
      bytes: readFileSync(join(root, input)),
    })),
    inputs: fonts.map(({ input }) => input),
  };
};
