import { join } from 'node:path';
import { default as middy } from '@middy/core';
import { handle } from 'hono/aws-lambda';
import { readConfig } from '#functions/config.ts';
import { commandDeps, signInDeps } from '#functions/deps.ts';
import { createWeb } from './app.tsx';
import { readAssets } from './assets.ts';

const config = readConfig(process.env);
/** The build puts the style sheet and the scripts beside the bundle. */
const assets = readAssets(join(import.meta.dirname, 'assets'));

export const handler = middy(handle(createWeb({ ...commandDeps(config), ...signInDeps(config) }, assets)));
