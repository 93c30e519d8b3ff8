import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarms } from './alarms.ts';
import { type CodeOf, roundFunction } from './function.ts';
import { functionSpecs } from './function-specs.ts';
import { publicApi } from './http-api.ts';
import { namesFor } from './names.ts';
import { namesOf, type Region } from './regions.ts';
import { noteReturnedLetters } from './returned-letters.ts';
import { callOnNewDocuments, callOnScannedDocuments, callOnSchedule } from './schedules.ts';
import { RegionStack } from './stack.ts';
import { deployMachines } from './workflows.ts';

/** Everything that runs for one region, from the public address to the alarms. It holds no data. */
export class RoundStack extends RegionStack {
  constructor(scope: Construct, region: Region, codeOf: CodeOf) {
    const names = namesFor(region);
    super(
      scope,
      names.roundStack,
      region,
      `Irikteu, ${namesOf(region).en} (${region.code}): pages, API, workflows and alarms.`,
    );

    const { api, route } = publicApi(this, names);
    const specs = functionSpecs(region, names, { stack: this, origin: api.apiEndpoint });
    const make = roundFunction(this, { region, names, codeOf });
    const functions = {
      Web: make(specs.Web),
      Api: make(specs.Api),
      Outbox: make(specs.Outbox),
      Sweep: make(specs.Sweep),
      Documents: make(specs.Documents),
      Invite: make(specs.Invite),
      Papers: make(specs.Papers),
      ReadRound: make(specs.ReadRound),
      CloseCall: make(specs.CloseCall),
      PrepareScreening: make(specs.PrepareScreening),
      AssignRaters: make(specs.AssignRaters),
      OpenGate: make(specs.OpenGate),
      GatherMinutes: make(specs.GatherMinutes),
      RecordMinutes: make(specs.RecordMinutes),
      ReadOffer: make(specs.ReadOffer),
      AwaitAnswer: make(specs.AwaitAnswer),
      RemindOffer: make(specs.RemindOffer),
      LapseOffer: make(specs.LapseOffer),
      AskNext: make(specs.AskNext),
      ReadPlacement: make(specs.ReadPlacement),
      RemindOwners: make(specs.RemindOwners),
    };

    route(functions.Web, functions.Api);
    tellAddress(this, api.apiEndpoint, region);
    const machines = deployMachines(this, names, functions);
    callOnSchedule(this, functions);
    noteReturnedLetters(this, names, functions.Outbox);
    const newDocument = callOnNewDocuments(this, names, functions.Documents);
    if (region.scanning === 'on') callOnScannedDocuments(this, names, functions.Documents);
    alarms(this, { region, names, specs, functions, machines, api, newDocument });
  }
}

/** Passkeys are bound to the address: it stays as long as the stack does. */
const tellAddress = (stack: RegionStack, value: string, { code }: Region): CfnOutput =>
  new CfnOutput(stack, 'PagesAddress', { value, description: `Pages and API of ${code}.` });
