import { default as middy } from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { dynamoClient } from '#functions/adapters/dynamodb/client.ts';
import { dynamoHeads } from '#functions/adapters/dynamodb/heads.ts';
import { dynamoRecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { kmsSigner } from '#functions/adapters/kms/signer.ts';
import { sfnClient, stepFunctions } from '#functions/adapters/step-functions/machines.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps, erasureList, machineArns } from '#functions/deps.ts';
import { beginChecks, type CheckDeps, lookAfterChecks } from '#functions/sweep/checks.ts';
import { sweepErasures } from '#functions/sweep/erasures.ts';
import { sweepRetention } from '#functions/sweep/retention.ts';
import { sweepRounds } from '#functions/sweep/rounds.ts';
import { warnOfOldZones } from '#functions/sweep/zones.ts';

const config = readConfig(process.env);
const client = dynamoClient();
const commands = commandDeps(config, client);
const recordsTable = config.need('RECORDS_TABLE');
const machines = stepFunctions({ client: sfnClient(), machineArns: machineArns(config) });
const erasures = erasureList(config);

const checkDeps = (context: Context): CheckDeps => ({
  commands,
  records: commands.records,
  pages: dynamoRecordPages({ client, recordsTable }),
  heads: dynamoHeads({ client, recordsTable }),
  reports: commands.checks,
  papers: commands.papers,
  signer: kmsSigner(() => config.need('SIGNING_KEY')),
  region: commands.region,
  remaining: () => context.getRemainingTimeInMillis(),
});

/**
 * The daily schedule says `{ "sweep": "invariants" }`, the operator perhaps `{ "sweep": "anchor" }` (infra/RUNBOOK.md, ChainCut); the frequent one sends
 * EventBridge's own event.
 */
const Wanted = z.looseObject({ sweep: z.enum(['rounds', 'invariants', 'anchor']).default('rounds') });

export const handler = middy().handler(async (event: unknown, context: Context) => {
  const { sweep } = Wanted.parse(event);
  warnOfOldZones();
  // What cannot be read keeps the rest from running, but not the checks from saying which record it is.
  if (sweep === 'rounds') {
    try {
      const rounds = await sweepRounds({ commands, machines });
      await sweepErasures({ commands, erasures });
      return rounds;
    } finally {
      await lookAfterChecks(checkDeps(context));
    }
  }
  try {
    if (sweep === 'invariants') await sweepRetention(commands);
  } finally {
    await beginChecks(checkDeps(context), sweep === 'anchor' ? 'anew' : 'night');
  }
  return { anchor: (await commands.checks.read()).anchor?.number };
});
