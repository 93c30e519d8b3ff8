import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  EmailSendingEvent,
} from 'aws-cdk-lib/aws-ses';
import type { Names } from './names.ts';
import type { RegionStack } from './stack.ts';

/** Letters leave under a configuration set that tells EventBridge of each that comes back; the outbox notes it. */
export const noteReturnedLetters = (stack: RegionStack, names: Names, outbox: IFunction): Rule => {
  const set = new CfnConfigurationSet(stack, 'Letters', { name: names.mailEvents });
  const told = new CfnConfigurationSetEventDestination(stack, 'ReturnedLetters', {
    configurationSetName: names.mailEvents,
    eventDestination: {
      name: 'returned',
      enabled: true,
      matchingEventTypes: [EmailSendingEvent.BOUNCE],
      // SES knows no other bus.
      eventBridgeDestination: {
        eventBusArn: `arn:${stack.partition}:events:${stack.region}:${stack.account}:event-bus/default`,
      },
    },
  });
  told.addResourceDependency(set);
  return new Rule(stack, 'ReturnedLetter', {
    description: 'A letter came back from its mailbox.',
    eventPattern: {
      source: ['aws.ses'],
      detailType: ['Email Bounced'],
      detail: { mail: { tags: { 'ses:configuration-set': [names.mailEvents] } } },
    },
    targets: [new LambdaFunction(outbox, { retryAttempts: 10, maxEventAge: Duration.hours(6) })],
  });
};
