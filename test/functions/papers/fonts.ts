import { join } from 'node:path';
import { type Fonts, fontsIn } from '#functions/papers/fonts.ts';
import { buildFunctions } from '#infra/build/build.ts';

/** The fonts as they are deployed, beside the bundle. */
export const deployedFonts = async (): Promise<Fonts> =>
  fontsIn(join((await buildFunctions()).functions, 'papers', 'fonts'));
