import { default as middy } from '@middy/core';
import { handle } from 'hono/aws-lambda';
import { createApi } from '#functions/api/app.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps, signInDeps } from '#functions/deps.ts';

const config = readConfig(process.env);

export const handler = middy(handle(createApi({ ...commandDeps(config), ...signInDeps(config) })));
