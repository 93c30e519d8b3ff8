import { join } from 'node:path';

/** Where the two weights lie that papers are set in. */
export type Fonts = { regular: string; bold: string };

/** The names that the build gives them (`infra/build/fonts.ts`). */
export const fontsIn = (folder: string): Fonts => ({
  regular: join(folder, 'NotoSans_400Regular.ttf'),
  bold: join(folder, 'NotoSans_700Bold.ttf'),
});
