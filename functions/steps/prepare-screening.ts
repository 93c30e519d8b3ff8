import { dynamoClient } from '#functions/adapters/dynamodb/client.ts';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import { step } from '#functions/steps/step.ts';
import { prepareScreening } from '#workflows/contracts.ts';

const config = readConfig(process.env);
const client = dynamoClient();
const people = dynamoPeople({ client, personsTable: config.need('PERSONS_TABLE') });
const deps = { ...commandDeps(config, client), people };

/** The step PrepareScreening of the selection round: the committee gets what it may know of each application. */
export const handler = step(prepareScreening, ({ roundId }) => screeningPrepared(deps, roundId));
