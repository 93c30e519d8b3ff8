import { default as middy } from '@middy/core';
import type { Context } from 'aws-lambda';
import { dynamoClient } from '#functions/adapters/dynamodb/client.ts';
import { dynamoOutbox } from '#functions/adapters/dynamodb/outbox.ts';
import { dynamoEraser } from '#functions/adapters/dynamodb/persons-eraser.ts';
import { kmsSigner } from '#functions/adapters/kms/signer.ts';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import { sfnClient, stepFunctions } from '#functions/adapters/step-functions/machines.ts';
import { remindOfClaim } from '#functions/commands/claim-reminder.ts';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { writeLettersToContenders } from '#functions/commands/contender-letters.ts';
import { writeLettersOfCorrection } from '#functions/commands/correction-letters.ts';
import { eraseHanded } from '#functions/commands/elsewhere-list.ts';
import { makeOutcome } from '#functions/commands/elsewhere-outcome.ts';
import { makePacket } from '#functions/commands/elsewhere-packet.ts';
import { signOpenPosts } from '#functions/commands/elsewhere-signing.ts';
import { makeStatement } from '#functions/commands/elsewhere-statement.ts';
import { tellElsewhere } from '#functions/commands/elsewhere-telling.ts';
import { remindOfEngaged } from '#functions/commands/engaged-letters.ts';
import { erase } from '#functions/commands/erasing.ts';
import { writeToGuest } from '#functions/commands/guest-letters.ts';
import { remindOfHeld } from '#functions/commands/held-reminder.ts';
import { remindOfInquiry } from '#functions/commands/inquiry-reminder.ts';
import { remindOfInterviews } from '#functions/commands/interview-reminder.ts';
import { tellJudges } from '#functions/commands/judge-letters.ts';
import { keepForDesk } from '#functions/commands/kept-letters.ts';
import { writeLettersOfDecision, writeLettersToRound } from '#functions/commands/letters.ts';
import { writeLettersToMembers } from '#functions/commands/member-letters.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { fillPlaces } from '#functions/commands/open-places.ts';
import { keepPartnersIn } from '#functions/commands/partners.ts';
import { writeToReferee } from '#functions/commands/reference-letters.ts';
import { askReferees } from '#functions/commands/references.ts';
import { publishResults } from '#functions/commands/results-publication.ts';
import { noteReturned } from '#functions/commands/returned-letters.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps, erasureList, machineArns, mailDeps, realClock, senderOf } from '#functions/deps.ts';
import { log } from '#functions/log.ts';
import { type Bounce, readBounce } from '#functions/outbox/bounce.ts';
import { type DeliveryDeps, deliver } from '#functions/outbox/deliver.ts';
import { rowsFor, writtenRows } from '#functions/outbox/next-rows.ts';
import { oneAtATime } from '#functions/outbox/one-at-a-time.ts';
import { sweepRows } from '#functions/outbox/sweep-rows.ts';
import type { Actor } from '#shared/domain/event.ts';

const config = readConfig(process.env);
const client = dynamoClient();
const outbox = dynamoOutbox({ client, recordsTable: config.need('RECORDS_TABLE') });
const commands = commandDeps(config, client);
const people = dynamoPeople({ client, personsTable: config.need('PERSONS_TABLE') });
const signer = kmsSigner(() => config.need('SIGNING_KEY'));
/** Rows that a delivery writes are taken by this very invocation. */
const written = writtenRows();
const writing = { ...commands, nudge: written.nudge };
const eraser = dynamoEraser({ client, table: config.need('PERSONS_TABLE') });
const deps: DeliveryDeps = {
  writeLetters: (message) => writeLettersToRound(writing, message),
  writeDecision: (message) => writeLettersOfDecision(writing, message),
  writeCorrection: (message) => writeLettersOfCorrection(writing, message),
  writeMembers: (message) => writeLettersToMembers(writing, message),
  writeContenders: (message) => writeLettersToContenders(writing, message),
  makeOffers: async ({ roundId }) => {
    const by: Actor = { kind: 'system', name: 'outbox' };
    await makeNextOffers(writing, { roundId, by });
    await keepPartnersIn(writing, { roundId, by });
  },
  keepLetter: (letterId, letter) => keepForDesk(commands, letterId, letter),
  askReferees: (message) => askReferees(writing, message),
  writeToReferee: (letterId, message) =>
    writeToReferee({ ...writing, mail: mailDeps(config), sender: senderOf(config) }, letterId, message),
  writeToGuest: (letterId, message) =>
    writeToGuest({ ...writing, mail: mailDeps(config), sender: senderOf(config) }, letterId, message),
  remindOfClaim: (message) => remindOfClaim(writing, message),
  remindOfHeld: (message) => remindOfHeld(writing, message),
  remindOfEngaged: (message) => remindOfEngaged(writing, message),
  remindOfInterviews: (message) => remindOfInterviews(writing, message),
  remindOfInquiry: (message) => remindOfInquiry(writing, message),
  publishResults: (message) => publishResults({ ...writing, signer }, message),
  signOpenPosts: (message) => signOpenPosts({ ...writing, signer }, message),
  makePacket: (message) => makePacket({ ...writing, people, signer }, message),
  makeOutcome: (message) => makeOutcome({ ...writing, signer }, message),
  makeStatement: (message) => makeStatement({ ...writing, signer }, message),
  tellElsewhere: (message) => tellElsewhere(writing, message),
  eraseHanded: (message) => eraseHanded({ ...commands, eraser }, message),
  findConflicts: ({ roundId }) =>
    searchConflicts({ ...writing, people }, roundId, { kind: 'system', name: 'outbox' }),
  // Each reads all applications of a round, and together they would only take the turn from each other.
  findRaters: oneAtATime((message) => fillPlaces(writing, message)),
  tellJudges: oneAtATime((message) => tellJudges(writing, message)),
  erase: ({ of, because }) =>
    erase(
      {
        ...writing,
        eraser,
        erasures: erasureList(config),
      },
      of,
      because,
    ),
  records: commands.records,
  profiles: people.profiles,
  mail: mailDeps(config),
  machines: stepFunctions({ client: sfnClient(), machineArns: machineArns(config) }),
  sender: senderOf(config),
};

/**
 * Invoked after each commit that wrote rows, with their names, and every minute for what is left. And by EventBridge for each
 * letter that came back.
 */
export const handler = middy().handler(async (event: unknown, context: Context) => {
  const bounce = readBounce(event);
  if (bounce) return await noteAll(bounce);
  return await sweepRows({
    outbox,
    clock: realClock,
    next: rowsFor({ outbox, clock: realClock, written }, event),
    deliver: (row) => deliver(deps, row),
    remaining: () => context.getRemainingTimeInMillis(),
  });
});

const noteAll = async ({ mailboxes, letter }: Bounce): Promise<void> => {
  for (const mail of mailboxes) {
    const noted = await noteReturned({ ...commands, profiles: people.profiles }, { mail, letter });
    log.warn('LETTER_RETURNED', { outboxId: letter, count: Number(noted) });
  }
};
