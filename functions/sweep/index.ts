import { default as middy } from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { dynamoClient } from '#functions/adapters/dynamodb/client.ts';
import { dynamoRecordNames } from '#functions/adapters/dynamodb/record-names.ts';
import { sfnClient, stepFunctions } from '#functions/adapters/step-functions/machines.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps, erasureList, machineArns } from '#functions/deps.ts';
import { sweepErasures } from '#functions/sweep/erasures.ts';
import { sweepInvariants } from '#functions/sweep/invariants.ts';
import { sweepRetention } from '#functions/sweep/retention.ts';
import { sweepRounds } from '#functions/sweep/rounds.ts';
import { warnOfOldZones } from '#functions/sweep/zones.ts';

const config = readConfig(process.env);
const client = dynamoClient();
const commands = commandDeps(config, client);
const names = dynamoRecordNames({ client, recordsTable: config.need('RECORDS_TABLE') });
const machines = stepFunctions({ client: sfnClient(), machineArns: machineArns(config) });

const erasures = erasureList(config);

/** The daily schedule says `{ "sweep": "invariants" }`; the frequent one sends EventBridge's own event. */
const Wanted = z.looseObject({ sweep: z.enum(['rounds', 'invariants']).default('rounds') });

export const handler = middy().handler(async (event: unknown, context: Context) => {
  const { sweep } = Wanted.parse(event);
  warnOfOldZones();
  const remaining = (): number => context.getRemainingTimeInMillis();
  if (sweep === 'invariants') {
    await sweepRetention(commands);
    return sweepInvariants({ records: commands.records, names, remaining });
  }
  const rounds = await sweepRounds({ commands, machines });
  await sweepErasures({ commands, erasures });
  const unfinished = await names.cursor.read();
  if (unfinished === undefined) return rounds;
  const swept = await sweepInvariants({ records: commands.records, names, remaining }, unfinished);
  return { ...rounds, ...swept };
});
