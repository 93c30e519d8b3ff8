import { dynamoClient } from '#functions/adapters/dynamodb/client.ts';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { step } from '#functions/steps/step.ts';
import { gatherMinutes } from '#workflows/contracts.ts';

const config = readConfig(process.env);
const client = dynamoClient();
const people = dynamoPeople({ client, personsTable: config.need('PERSONS_TABLE') });
const deps = { ...commandDeps(config, client), people };

/** The step GatherMinutes of the selection round: what the minutes will say is kept before they are drawn. */
export const handler = step(gatherMinutes, ({ roundId }) => orderMinutes(deps, roundId));
